using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A role like any other: next to nothing alone, part of what an intruder builds.</summary>
public sealed class RoleCreated : IDetection
{
    private static readonly TrustedPrincipal Lambda = new TrustedPrincipal.Service("lambda.amazonaws.com");
    private static readonly Attempt Weight = new(Success: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.role-created",
        Title = "IAM role created",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateRole")],
        Why = "Miners need a role for their instances and tasks, and a role whose trust is changed later lets its maker in again.",
        BenignCauses = ["Every deployment of something that runs in AWS, by hand or by infrastructure as code", "A console wizard that makes the role it needs"],
        DeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // Roles for functions and for outsiders weigh more, and are other detections' findings.
        var trust = record.Request["assumeRolePolicyDocument"];
        if (OutsideTrust.LetsIn(trust, record.Account)
            || PolicyDocument.Parse(trust)?.Statements.Any(statement => statement.Allows && statement.Principals.Contains(Lambda)) == true)
        {
            return null;
        }

        var name = record.Request["roleName"].Text;
        return Weight.Finding(record, "created", "create", $"the role {Plain.Name(name)}")?.With("roleName", name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a role for instances", EventSources.Iam, "CreateRole", Trusting("Service", "ec2.amazonaws.com")),
        DetectionExample.Match("a role for a pipeline outside AWS", EventSources.Iam, "CreateRole",
            Trusting("Federated", "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com")),
        DetectionExample.Ignore("a role for functions", EventSources.Iam, "CreateRole", Trusting("Service", "lambda.amazonaws.com")),
        DetectionExample.Ignore("a role for another account", EventSources.Iam, "CreateRole", Trusting("AWS", "444455556666")),
        DetectionExample.Ignore("a role that exists already", EventSources.Iam, "CreateRole", """{"roleName":"web"}""", "EntityAlreadyExistsException"),
    ];

    private static string Trusting(string kind, string who) => $$"""
        {"roleName":"web","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"{{kind}}\":\"{{who}}\"},
        \"Action\":\"sts:*\"}]}"}
        """.ReplaceLineEndings("");
}
