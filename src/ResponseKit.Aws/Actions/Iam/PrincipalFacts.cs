namespace ResponseKit.Aws.Actions.Iam;

/// <summary>What IAM tells of a user or role itself.</summary>
/// <param name="Path">Its path: <c>/</c>, or <c>/aws-service-role/…</c>.</param>
/// <param name="Boundary">The ARN of its permissions boundary; null without one.</param>
/// <param name="UniqueId">The id that is never used again, unlike the name.</param>
internal sealed record PrincipalFacts(string Path, string? Boundary, string? UniqueId = null)
{
    /// <summary>Stands for a principal that does not exist.</summary>
    public static readonly PrincipalFacts Gone = new("", null);
}
