using ResponseKit.Emulator;

namespace ResponseKit.Testing.Policies;

/// <summary>A policy document that a call handed to AWS.</summary>
internal sealed record WrittenPolicy(string Call, PolicyKind Kind, string Document);

/// <summary>Finds the policy documents in calls.</summary>
internal static class WrittenPolicies
{
    private static readonly Dictionary<string, (string Parameter, PolicyKind Kind)> Writers = new(StringComparer.Ordinal)
    {
        ["iam:CreatePolicy"] = ("PolicyDocument", PolicyKind.Managed),
        ["iam:CreatePolicyVersion"] = ("PolicyDocument", PolicyKind.Managed),
        ["iam:CreateRole"] = ("AssumeRolePolicyDocument", PolicyKind.Trust),
        ["iam:PutRolePolicy"] = ("PolicyDocument", PolicyKind.RoleInline),
        ["iam:PutUserPolicy"] = ("PolicyDocument", PolicyKind.UserInline),
        ["iam:UpdateAssumeRolePolicy"] = ("PolicyDocument", PolicyKind.Trust),
        ["organizations:CreatePolicy"] = ("Content", PolicyKind.ServiceControl),
        ["organizations:UpdatePolicy"] = ("Content", PolicyKind.ServiceControl),
        ["s3:PutBucketPolicy"] = ("Policy", PolicyKind.Bucket),
        ["sts:AssumeRole"] = ("Policy", PolicyKind.Session),
    };

    /// <summary>The document that a call hands over, if any.</summary>
    /// <exception cref="InvalidOperationException">It hands one over in a way that is not known here.</exception>
    public static IEnumerable<WrittenPolicy> Of(JournalCall call)
    {
        foreach (var parameter in call.Params.EnumerateObject())
        {
            if (parameter.Value.ValueKind != System.Text.Json.JsonValueKind.String || parameter.Value.GetString() is not { } text || !text.Contains("\"Statement\"", StringComparison.Ordinal))
                continue;
            yield return Writers.TryGetValue(call.Call, out var writer) && writer.Parameter == parameter.Name
                ? new WrittenPolicy(call.Call, writer.Kind, text)
                : throw new InvalidOperationException($"What kind of policy does {call.Call} write with {parameter.Name}?");
        }
    }
}
