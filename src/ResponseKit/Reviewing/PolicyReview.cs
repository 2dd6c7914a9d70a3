using System.Collections.Immutable;
using System.Text;
using ResponseKit.Policy;
using ResponseKit.Response;

namespace ResponseKit.Reviewing;

/// <summary>A policy file as a careful colleague reads it, before it is deployed: its errors, and what may stand there and is dangerous or does nothing.</summary>
/// <param name="Result">What a function would read.</param>
/// <param name="Mode">The mode that the warnings are about.</param>
/// <param name="Warnings">By line; empty where the file is refused, since half a policy says nothing.</param>
public sealed record PolicyReview(PolicyResult Result, ResponseMode Mode, ImmutableArray<PolicyWarning> Warnings)
{
    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="actions">The actions that there are.</param>
    /// <param name="started">
    /// The mode in which a deployment is to start with it: what the deployment would refuse is an error. Null for the mode that the file itself names, which
    /// the drill and the replay go by.
    /// </param>
    /// <param name="now">The time, by which change windows are over.</param>
    public static PolicyReview Of(string text, IReadOnlyCollection<ActionDescriptor> actions, ResponseMode? started, DateTimeOffset now)
    {
        var result = PolicyFile.Parse(text, [.. actions.Select(action => action.Id)], started);
        if (result is not PolicyResult.Loaded(var policy))
            return new(result, started ?? ResponseMode.Observe, []);
        var lines = new PolicyLines(PolicyNode.Parse(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'))));
        var mode = started ?? policy.Mode;
        var warnings = PolicyAdvice.Of(policy with { Mode = mode }, actions, now).Select(advice => advice.At(lines));
        return new(result, mode, [.. warnings.OrderBy(warning => warning.Line).ThenBy(warning => warning.Key, StringComparer.Ordinal)]);
    }
}
