using ResponseKit.Resources;

namespace ResponseKit.Detections.Iam;

/// <summary>AWS's managed policies that matter to detections, in any partition. Source: AWS Managed Policy Reference Guide.</summary>
internal static class ManagedPolicies
{
    private static readonly string[] Administrative =
        ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess", "AWSOrganizationsFullAccess", "SystemAdministrator"];

    private static readonly string[] Mail = ["AmazonSESFullAccess", "AmazonWorkMailFullAccess"];

    /// <summary>The name of a policy owned by AWS; null for one of a customer's, which may have any name.</summary>
    public static string? Name(string? policyArn)
    {
        if (!Arn.TryParse(policyArn, out var arn) || arn is not { Service: "iam", Account: "aws" } || !arn.Resource.StartsWith("policy/", StringComparison.Ordinal))
            return null;
        return arn.Resource[(arn.Resource.LastIndexOf('/') + 1)..];
    }

    /// <summary>Whether the policy makes an administrator, or somebody who can make himself one.</summary>
    public static bool IsAdministrative(string? policyArn) => Name(policyArn) is { } name && Administrative.Contains(name);

    /// <summary>Whether the policy lets its holder send mail in the account's name.</summary>
    public static bool IsMail(string? policyArn) => Name(policyArn) is { } name && Mail.Contains(name);

    /// <summary>Whether it is the policy that AWS puts on a user whose key was found in public, in any version.</summary>
    public static bool IsQuarantine(string? policyArn) => Name(policyArn)?.StartsWith("AWSCompromisedKeyQuarantine", StringComparison.Ordinal) == true;

    /// <summary>Whether it forbids everything, as containment does.</summary>
    public static bool IsDenyAll(string? policyArn) => Name(policyArn) == "AWSDenyAll";
}
