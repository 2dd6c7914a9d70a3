using System.Collections.Immutable;
using Amazon.CDK;
using Constructs;
using ResponseKit.Aws.Accounts;
using ResponseKit.Deployment;
using ResponseKit.Infra.Hub;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Stacks;

/// <summary>
/// The scope of an organization, in the security account and the home region: the hub alone. What this account needs as a member, StackSets brings as to
/// every other one.
/// </summary>
internal sealed class HubStack : Stack
{
    /// <summary>Makes it.</summary>
    public HubStack(
        Construct scope, string id, StackProps props, DeploymentSettings settings, OrganizationSettings organization, string packageFolder,
        ImmutableArray<ActionDescriptor> actions)
        : base(scope, id, props)
    {
        _ = new ResponseHub(
            this, "Hub", settings, packageFolder, actions, new BusSenders(organization.Id),
            new AccountReach([new ResponderRole().ArnIn(Here.Partition, "*")], organization.Id));
        // A key's ARN is made up by KMS. By this tag the policy against tampering knows it.
        Amazon.CDK.Tags.Of(this).Add(DeployedNames.KeyTag, "true", new TagProps { IncludeResourceTypes = ["AWS::KMS::Key"] });
    }
}
