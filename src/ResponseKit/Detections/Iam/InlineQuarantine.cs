namespace ResponseKit.Detections.Iam;

/// <summary>The names of inline policies by which AWS or a responder holds an identity down.</summary>
internal static class InlineQuarantine
{
    /// <summary>
    /// Whether it is the one that AWS wrote on a user with a published key before it had a managed policy for that, or is named like
    /// the managed one.
    /// </summary>
    public static bool IsOne(string? policyName) =>
        policyName?.StartsWith("AWSExposedCredentialPolicy", StringComparison.Ordinal) == true
        || policyName?.StartsWith("AWSCompromisedKeyQuarantine", StringComparison.Ordinal) == true;

    /// <summary>
    /// Whether it holds an identity down: the above, the console's "Revoke active sessions"
    /// (IAM User Guide, "Revoke IAM role temporary security credentials"), or ResponseKit's own.
    /// </summary>
    public static bool IsRestraint(string? policyName) =>
        IsOne(policyName) || policyName == "AWSRevokeOlderSessions" || policyName?.StartsWith("ResponseKit", StringComparison.Ordinal) == true;
}
