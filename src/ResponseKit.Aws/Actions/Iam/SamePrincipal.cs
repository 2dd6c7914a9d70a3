using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// Whether a name still belongs to what the actor made. Whoever deletes a user or role can leave the name to somebody else; the unique id is never used again.
/// Source: IAM User Guide, "IAM identifiers".
/// </summary>
internal static class SamePrincipal
{
    /// <summary>Whether the request names an id, so that the principal has to be read first.</summary>
    public static bool IsAsked(ActionRun run) => run.Option(AuthorshipOptions.UniqueId.Name) is { Length: > 0 };

    /// <summary>True where the principal has the id that the request names, or the request names none. Otherwise it is held, and said so.</summary>
    /// <param name="run">The run.</param>
    /// <param name="facts">The principal; null when it could not be read.</param>
    /// <param name="title">The principal, as a person would name it.</param>
    /// <param name="step">What is not done.</param>
    public static bool Is(ActionRun run, PrincipalFacts? facts, string title, Step step)
    {
        if (!IsAsked(run) || facts == PrincipalFacts.Gone || facts?.UniqueId == run.Option(AuthorshipOptions.UniqueId.Name))
            return true;
        Origin origin = facts?.UniqueId is { } id
            ? new Origin.Earlier($"its id is {id}, and what the actor made has the id {run.Option(AuthorshipOptions.UniqueId.Name)}: the name is somebody else's now")
            : new Origin.Unproven("it could not be read, so nobody knows whether the name is still that of what the actor made");
        run.Hold(step, title, origin, "To contain it all the same, send the request without the option uniqueId.");
        return false;
    }
}
