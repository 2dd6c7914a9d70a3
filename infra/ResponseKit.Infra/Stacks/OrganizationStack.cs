using Amazon.CDK;
using Constructs;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Member;
using ResponseKit.Infra.Organization;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Stacks;

/// <summary>
/// What brings ResponseKit into every member account, from the security account as StackSets' delegated administrator: the roles once an account, and the
/// rules once a region.
/// </summary>
internal sealed class OrganizationStack : Stack
{
    /// <summary>Makes it.</summary>
    public OrganizationStack(
        Construct scope, string id, StackProps props, DeploymentSettings settings, OrganizationSettings organization, IReadOnlyList<ActionDescriptor> actions)
        : base(scope, id, props)
    {
        var hub = HubAddress.Of(settings, organization);
        var roles = new MemberStackSet(
            this, "Roles", "ResponseKit: the roles by which this account is entered and sends events. From the security account.", organization.Units, [settings.HomeRegion],
            stack => _ = new MemberAccount(stack, "Account", hub, actions));
        var rules = new MemberStackSet(
            this, "Rules", "ResponseKit: sends this region's events to the security account.", organization.Units, settings.Regions,
            stack => _ = new MemberRegion(stack, "Region", hub.BusArn, Here.ForwarderArn, Deployers.OfMember(), settings.Reads));
        rules.After(roles);
    }
}
