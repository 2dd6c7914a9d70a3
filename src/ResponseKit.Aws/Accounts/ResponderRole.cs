namespace ResponseKit.Aws.Accounts;

/// <summary>The role by which accounts are entered, the same in every account.</summary>
public sealed record ResponderRole
{
    /// <summary>The role's name, with its path where it has one: <c>security/ResponseKitResponder</c>.</summary>
    public string Name { get; init; } = "ResponseKitResponder";

    /// <summary>
    /// What the role's trust policy asks for as <c>sts:ExternalId</c>; null where it asks for none. Needed only where the role is somebody else's
    /// (IAM User Guide, "Access to AWS accounts owned by third parties").
    /// </summary>
    public string? ExternalId { get; init; }

    /// <summary>
    /// How long a session lives: 15 minutes, the least that STS gives (STS API Reference, "AssumeRole"). A run that takes longer gets a new one.
    /// </summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The role's ARN in an account.</summary>
    public string ArnIn(string partition, string account) => $"arn:{partition}:iam::{account}:role/{Name.TrimStart('/')}";
}
