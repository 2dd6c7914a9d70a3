using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Whether a name still belongs to what the actor made. Whoever deletes a user or role can leave the name to somebody else; the unique id is never used again.
/// Source: IAM User Guide, "IAM identifiers".
/// </summary>
internal static class SamePrincipal
{
    /// <summary>True where the principal has the id that the request names, or the request names none. Otherwise it is held, and said so.</summary>
    /// <param name="run">The run.</param>
    /// <param name="facts">The principal; null when it could not be read.</param>
    /// <param name="title">The principal, as a person would name it.</param>
    /// <param name="step">What is not done.</param>
    /// <param name="wanted">The id; null or empty when the request names none.</param>
    /// <param name="otherwise">What a person can do all the same.</param>
    public static bool Is(
        ActionRun run, PrincipalFacts? facts, string title, Step step, string? wanted,
        string otherwise = "To contain it all the same, send the request without the option uniqueId.")
    {
        if (string.IsNullOrEmpty(wanted) || facts == PrincipalFacts.Gone || facts?.UniqueId == wanted)
            return true;
        Origin origin = facts?.UniqueId is { } id
            ? new Origin.Earlier($"its id is {id}, and the one in the incident has the id {wanted}: the name is somebody else's now")
            : new Origin.Unproven("it could not be read, so nobody knows whether the name is still theirs");
        run.Hold(step, title, origin, otherwise);
        return false;
    }
}
