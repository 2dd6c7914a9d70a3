using System.Text.Json.Nodes;

namespace ResponseKit.Response.Execution;

/// <summary>One change that an action is about to make.</summary>
/// <param name="Key">Name within the action, the same whenever it runs on the same target: <c>access-key/AKIA…</c>.</param>
/// <param name="Call">The API call in IAM's spelling: <c>iam:UpdateAccessKey</c>.</param>
/// <param name="Resource">What it acts on, as a person would name it.</param>
/// <param name="Summary">What it does, verb first: "Deactivate access key AKIA…".</param>
public sealed record Step(string Key, string Call, string Resource, string Summary)
{
    /// <summary>The state to put back when undoing; never a secret. Null where undoing needs none.</summary>
    public JsonNode? Before { get; init; }

    /// <summary>The state that it leaves, where undoing has to tell it from what others put there since: a hash where it is long.</summary>
    public JsonNode? After { get; init; }

    /// <summary>Error codes that mean that there is nothing to do: already gone, already so.</summary>
    public IReadOnlyCollection<string> MeansInPlace { get; init; } = [];
}
