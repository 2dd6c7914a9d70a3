using System.Collections.Immutable;
using Amazon.CDK;
using Constructs;
using ResponseKit.Aws.Accounts;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Hub;
using ResponseKit.Infra.Member;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Stacks;

/// <summary>The scope of one account, in its home region: hub and member in one.</summary>
internal sealed class AccountStack : Stack
{
    /// <summary>Makes it.</summary>
    public AccountStack(Construct scope, string id, StackProps props, DeploymentSettings settings, string packageFolder, ImmutableArray<ActionDescriptor> actions)
        : base(scope, id, props)
    {
        var reach = new AccountReach([new ResponderRole().ArnIn(Here.Partition, Here.Account)]);
        var hub = new ResponseHub(this, "Hub", settings, packageFolder, actions, new BusSenders(), reach);
        var account = new MemberAccount(this, "Account", new HubAddress { BusArn = hub.BusArn, Account = Here.Account }, actions);
        _ = new MemberRegion(this, "Region", hub.BusArn, account.Forwarder.RoleArn, Deployers.Of(settings), settings.Reads);
    }
}
