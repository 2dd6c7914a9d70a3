using System.Collections.Immutable;
using Amazon.CDK;
using ResponseKit.Aws.Actions;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Hub;
using ResponseKit.Infra.Member;
using ResponseKit.Infra.Settings;
using ResponseKit.Infra.Stacks;
using ResponseKit.Response;

namespace ResponseKit.Infra;

/// <summary>Makes the stacks that the settings ask for.</summary>
internal static class ResponseKitApp
{
    /// <summary>Makes them. Nothing is written before the app is synthesized.</summary>
    /// <param name="app">The CDK app.</param>
    /// <param name="settings">What to deploy.</param>
    /// <param name="packageFolder">The folder of the functions' package.</param>
    /// <exception cref="SettingsException">The functions are not there.</exception>
    public static void Build(App app, DeploymentSettings settings, string packageFolder)
    {
        var rules = new DeployedRules(MemberRules.Told(settings), HubRules.Told(Deployers.OfHub(settings)));
        var folder = Package.Complete(packageFolder, settings, rules);
        ImmutableArray<ActionDescriptor> actions = [.. ActionCatalogue.All.Select(action => action.Descriptor)];
        if (settings.Organization is { } organization)
            Organization(app, settings, organization, folder, actions);
        else
            Account(app, settings, folder, actions);
    }

    private static void Account(App app, DeploymentSettings settings, string folder, ImmutableArray<ActionDescriptor> actions)
    {
        var props = In(settings, settings.Account, settings.HomeRegion, "ResponseKit: responds to incidents in this account.");
        Regions(app, new AccountStack(app, DeployedNames.Prefix, props, settings, folder, actions), settings, settings.Account, Here.Account);
    }

    // Stacks of one account may wait for one another. Between accounts the order is told in docs/deploy.md: the command line would deploy what a stack
    // depends on along with it, with credentials of the wrong account.
    private static void Organization(
        App app, DeploymentSettings settings, OrganizationSettings organization, string folder, ImmutableArray<ActionDescriptor> actions)
    {
        var (home, hub, management) = (settings.HomeRegion, $"{DeployedNames.Prefix}-Hub", $"{DeployedNames.Prefix}-Management");
        var hubStack = new HubStack(
            app, hub, In(settings, organization.Hub, home, "ResponseKit: responds to incidents in the organization."), settings, organization, folder, actions);
        var members = new OrganizationStack(
            app, $"{DeployedNames.Prefix}-Organization", In(settings, organization.Hub, home, "ResponseKit: what is in every member account."), settings, organization, actions);
        // What members send goes to the hub's bus.
        members.AddDependency(hubStack);
        var props = In(settings, organization.Management, home, "ResponseKit: what is in the management account.");
        Regions(app, new ManagementStack(app, management, props, settings, organization, actions), settings, organization.Management, organization.Hub);
        _ = new GuardrailStack(
            app, $"{management}-Guardrails", In(settings, organization.Management, DefaultRegions.OfGlobalServices(home), "ResponseKit: service control policies."), settings, organization);
    }

    private static void Regions(App app, Stack home, DeploymentSettings settings, string? account, string hubAccount)
    {
        foreach (var region in settings.Regions.Where(region => region != settings.HomeRegion))
        {
            var props = In(settings, account, region, $"ResponseKit: sends this region's events to {settings.HomeRegion}.");
            new RegionStack(app, $"{home.StackName}-{region}", props, settings, region, hubAccount).AddDependency(home);
        }
    }

    private static StackProps In(DeploymentSettings settings, string? account, string region, string description) => new()
    {
        Env = new Amazon.CDK.Environment { Account = account, Region = region },
        Description = description,
        TerminationProtection = settings.ProtectsStacks,
    };
}
