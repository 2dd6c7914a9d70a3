using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A role that another account, or everyone, may assume.</summary>
public sealed class OutsideTrust : IDetection
{
    private const int EveryoneWeight = 40;
    private const int AccountWeight = 25;
    private const int VendorWeight = 15;
    private const int ChangedWeight = 5;
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 6);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.outside-trust",
        Title = "Role made assumable from another account or by everyone",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateRole", "UpdateAssumeRolePolicy")],
        Why = "A role that trusts the intruder's own account lets him back in without any credential of this account.",
        BenignCauses = ["A vendor's integration (mostly with an external id)", "A role for another account of the organization"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var isChange = record.EventName == "UpdateAssumeRolePolicy";
        var (did, todo) = isChange ? ("changed", "change") : ("created", "create");
        var role = record.Request["roleName"].Text;
        var trust = record.Request[isChange ? "policyDocument" : "assumeRolePolicyDocument"];
        if (!trust.IsPresent)
            return Unrecorded.Finding(record, did, todo, isChange ? "a role's trust" : "an IAM role");

        return Widest(trust, record.Account) is not var (weight, who)
            ? null
            : Attempt.Third(weight + (isChange ? ChangedWeight : 0))
                .Finding(record, did, todo, $"the role {Plain.Name(role)} so that it trusts {who}")
                ?.Doing(record, weight >= AccountWeight ? DamageKind.BackDoor : null)
                .With("roleName", role)
                .With("trusts", who);
    }

    /// <summary>Whether a trust policy lets in another account, or everyone.</summary>
    internal static bool LetsIn(Field trust, string account) => Widest(trust, account) is not null;

    private static (int Weight, string Who)? Widest(Field trust, string account)
    {
        (int Weight, string Who)? widest = null;
        foreach (var statement in PolicyDocument.Parse(trust)?.Statements ?? [])
        {
            if (!statement.Allows || !statement.Covers("sts:AssumeRole"))
                continue;
            foreach (var principal in statement.Principals)
            {
                var (weight, who) = Judge(principal, statement, account);
                if (weight > (widest?.Weight ?? 0))
                    widest = (weight, who);
            }
        }

        return widest;
    }

    private static (int Weight, string Who) Judge(TrustedPrincipal principal, PolicyStatement statement, string account) => principal switch
    {
        TrustedPrincipal.Everyone when !statement.IsBoundToPrincipals => (EveryoneWeight, "everyone"),
        TrustedPrincipal.InAccount(var other) when other != account =>
            (statement.RequiresExternalId ? VendorWeight : AccountWeight, $"the account {Plain.Name(other)}"),
        _ => (0, ""),
    };

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a role for another account", EventSources.Iam, "CreateRole",
            """
            {"roleName":"support","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",
            \"Principal\":{\"AWS\":\"arn:aws:iam::444455556666:root\"},\"Action\":\"sts:AssumeRole\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("a role for everyone, whatever the external id", EventSources.Iam, "UpdateAssumeRolePolicy",
            """
            {"roleName":"admin","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\",
            \"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"12345\"}}}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("a second account added beside a service", EventSources.Iam, "UpdateAssumeRolePolicy",
            """
            {"roleName":"web","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},
            \"Action\":\"sts:AssumeRole\"},{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"444455556666\"]},\"Action\":\"sts:*\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "UpdateAssumeRolePolicy", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a role for a service", EventSources.Iam, "CreateRole",
            """
            {"roleName":"web","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},
            \"Action\":\"sts:AssumeRole\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Ignore("a role for the own account", EventSources.Iam, "CreateRole",
            """
            {"roleName":"admin","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",
            \"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"sts:AssumeRole\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Ignore("a role for everyone in the organization", EventSources.Iam, "CreateRole",
            """
            {"roleName":"audit","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},
            \"Action\":\"sts:AssumeRole\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalOrgID\":\"o-example1234\"}}}]}"}
            """.ReplaceLineEndings("")),
    ];
}
