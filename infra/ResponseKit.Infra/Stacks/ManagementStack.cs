using Amazon.CDK;
using Constructs;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Member;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Stacks;

/// <summary>
/// The management account in the home region: what StackSets brings to every other account, and never to this one (CloudFormation User Guide, "Activate
/// trusted access for StackSets with AWS Organizations").
/// </summary>
internal sealed class ManagementStack : Stack
{
    /// <summary>Makes it.</summary>
    public ManagementStack(
        Construct scope, string id, StackProps props, DeploymentSettings settings, OrganizationSettings organization, IEnumerable<ActionDescriptor> actions)
        : base(scope, id, props)
    {
        var hub = HubAddress.Of(settings, organization);
        var account = new MemberAccount(this, "Account", hub, actions);
        _ = new MemberRegion(this, "Region", hub.BusArn, account.Forwarder.RoleArn, Deployers.Of(settings), settings.Reads);
    }
}
