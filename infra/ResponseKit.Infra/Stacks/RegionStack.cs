using Amazon.CDK;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Member;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Stacks;

/// <summary>The scope of one account, in each further region: the rules. It names what is in the home region, since stacks share nothing across regions.</summary>
internal sealed class RegionStack : Stack
{
    /// <summary>Makes it.</summary>
    public RegionStack(Construct scope, string id, StackProps props, DeploymentSettings settings, string region)
        : base(scope, id, props) => _ = new MemberRegion(
            this, "Region",
            $"arn:{Here.Partition}:events:{settings.HomeRegion}:{Here.Account}:event-bus/{DeployedNames.Bus}",
            $"arn:{Here.Partition}:iam::{Here.Account}:role/{DeployedNames.ForwarderRole}",
            Deployers.Of(settings, region),
            settings.Reads);
}
