using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>Which ARN patterns of users and roles may stand under a key of the policy file.</summary>
/// <param name="Accepts">What may stand there, for people.</param>
/// <param name="FurtherProblem">What is wrong with a pattern of a user or role, as a sentence; null when it may stand there.</param>
internal sealed record PrincipalRule(string Accepts, Func<ArnPattern, string?> FurtherProblem)
{
    /// <summary>How many characters of a name must be spelt out before a wildcard: fewer would exempt names that nobody had in mind.</summary>
    public const int NamePrefixLength = 4;

    /// <summary>Whom a guard protects. Too wide a pattern protects too many, which is seen; so anything goes.</summary>
    public static PrincipalRule Guarded { get; } = new("ARN patterns of users and roles, such as arn:aws:iam::*:role/break-glass-*", _ => null);

    /// <summary>Whose acts are not counted.</summary>
    public static PrincipalRule Exempt { get; } = new("ARN patterns of users and roles with their path, such as arn:aws:iam::*:role/deploy", ProblemWithExempt);

    /// <summary>Whose acts are not looked at.</summary>
    public static PrincipalRule Responders { get; } = new(
        "ARN patterns of roles with their path, such as arn:aws:iam::111122223333:role/ops/responder or arn:aws:iam::*:role/stacksets-exec-*, in which * may "
        + "stand for the account and end the name",
        pattern => ProblemWithRole(pattern) ?? ProblemWithResponder(pattern));

    /// <summary>Who may approve. AWS tells the name of a session's role without its path, so that the name must be enough.</summary>
    public static PrincipalRule Approvers { get; } = new(
        "ARNs of users and roles with account and name spelt out, such as arn:aws:iam::111122223333:role/incident-lead",
        pattern => pattern.Account == "*" ? "It names no account, and anybody can make a role of that name in their own."
            : !pattern.HasLiteralName ? "Its name has wildcards, and whoever may make roles chooses a name."
            : null);

    /// <summary>ResponseKit's own roles.</summary>
    public static PrincipalRule OwnRoles { get; } = new(
        "ARNs of roles with their path, such as arn:aws:iam::111122223333:role/ResponseKitResponder, without wildcards",
        pattern => ProblemWithRole(pattern) ?? ProblemWithOwn(pattern));

    /// <summary>Reads a pattern; null when it may not stand there, and then the problem says why.</summary>
    public ArnPattern? Read(string text, out string problem)
    {
        problem = "";
        if (!ArnPattern.TryParse(text, out var pattern, out var malformed))
            problem = malformed;
        else if (ProblemWithPrincipal(pattern) is { } wrong)
            problem = wrong;
        else if (FurtherProblem(pattern) is { } further)
            problem = further;
        return problem.Length == 0 ? pattern : null;
    }

    private static string? ProblemWithPrincipal(ArnPattern pattern) =>
        pattern.Service == "sts" ? $"It is the ARN of a session, and sessions come and go. Write the role's: arn:{pattern.Partition}:iam::{pattern.Account}:role/NAME."
        : !pattern.IsPrincipal ? $"'{pattern.Service}' with '{pattern.Kind}' is no user and no role."
        : pattern.Region.Length > 0 ? "Users and roles have no region; leave it empty."
        : pattern.Account is "" or "aws" ? "It names no account; write twelve digits, or *."
        : null;

    private static string? ProblemWithRole(ArnPattern pattern) =>
        pattern.Kind == "role" ? null : "It is a user. A user's key can be stolen and lasts; let responders work under a role.";

    private static string? ProblemWithExempt(ArnPattern pattern) =>
        pattern.Segments.Any(segment => segment.AsSpan().Trim("*?").Length > 0) ? null : "It would exempt everybody; spell out a part of the path or the name.";

    private static string? ProblemWithResponder(ArnPattern pattern) =>
        !pattern.HasLiteralPath ? "Its path is not spelt out, and whoever may make roles chooses a path."
        : pattern.HasLiteralName ? null
        : pattern.NamePrefix.Length < NamePrefixLength || pattern.Segments[^1] != pattern.NamePrefix + "*"
            ? $"In the name * may stand at the end only, behind at least {NamePrefixLength} characters: it exempts whatever role is given such a name."
        : null;

    private static string? ProblemWithOwn(ArnPattern pattern) =>
        pattern.Account == "*" ? "It names no account. ResponseKit knows its own role in the accounts that it is deployed to; write others with their account."
        : pattern.HasLiteralPath && pattern.HasLiteralName ? null
        : "It has wildcards, and would exempt whatever role is given such a name.";
}
