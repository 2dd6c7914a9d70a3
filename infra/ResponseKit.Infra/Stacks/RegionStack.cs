using Amazon.CDK;
using Constructs;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Member;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Stacks;

/// <summary>
/// A further region of an account that is deployed by itself: the rules. It names what is in the home region, since stacks share nothing across regions.
/// </summary>
internal sealed class RegionStack : Stack
{
    /// <summary>Makes it.</summary>
    /// <param name="scope">The app.</param>
    /// <param name="id">The stack's name.</param>
    /// <param name="props">Where it is.</param>
    /// <param name="settings">What is deployed.</param>
    /// <param name="region">The region.</param>
    /// <param name="hubAccount">The account of the hub.</param>
    public RegionStack(Construct scope, string id, StackProps props, DeploymentSettings settings, string region, string hubAccount)
        : base(scope, id, props) => _ = new MemberRegion(
            this, "Region",
            Here.BusArn(settings.HomeRegion, hubAccount),
            Here.ForwarderArn,
            Deployers.Of(settings, region),
            settings.Reads);
}
