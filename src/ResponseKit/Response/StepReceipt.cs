using System.Text.Json.Nodes;

namespace ResponseKit.Response;

/// <summary>One change that an action made, wanted to make, or found unnecessary, with what is needed to undo it.</summary>
/// <param name="Key">Name of the step within the action, the same whenever the action runs on the same target: <c>access-key/AKIA…</c>.</param>
/// <param name="Call">The API call in IAM's spelling: <c>iam:UpdateAccessKey</c>.</param>
/// <param name="Resource">What it acts on, as a person would name it.</param>
/// <param name="Summary">What the call does, verb first: "Deactivate access key AKIA…".</param>
/// <param name="Before">The state before the first time this step was applied; never a secret. Null where there is none.</param>
/// <param name="Outcome">How it ended.</param>
public sealed record StepReceipt(string Key, string Call, string Resource, string Summary, JsonNode? Before, StepOutcome Outcome)
{
    /// <summary>The state that the step left, as far as the call alone does not say it: undoing changes nothing where another is found. A hash where it is long.</summary>
    public JsonNode? After { get; init; }
}
