using System.Collections.Immutable;
using Amazon.CDK;
using ResponseKit.Aws.Actions;
using ResponseKit.Deployment;
using ResponseKit.Infra.Settings;
using ResponseKit.Infra.Stacks;

namespace ResponseKit.Infra;

/// <summary>Makes the stacks that the settings ask for.</summary>
internal static class ResponseKitApp
{
    /// <summary>Makes them. Nothing is written before the app is synthesized.</summary>
    /// <param name="app">The CDK app.</param>
    /// <param name="settings">What to deploy.</param>
    /// <param name="packageFolder">The folder of the functions' package.</param>
    /// <exception cref="SettingsException">The functions are not there, or the scope cannot be deployed.</exception>
    public static void Build(App app, DeploymentSettings settings, string packageFolder)
    {
        if (settings.Scope == DeploymentScope.Organization)
            throw new SettingsException("-c scope=organization is not in this version. Accepted: -c scope=account.");
        var folder = Package.Complete(packageFolder, settings);
        ImmutableArray<Response.ActionDescriptor> actions = [.. ActionCatalogue.All.Select(action => action.Descriptor)];
        var home = new AccountStack(app, DeployedNames.Prefix, In(settings, settings.HomeRegion, "ResponseKit: responds to incidents in this account."), settings, folder, actions);
        foreach (var region in settings.Regions.Where(region => region != settings.HomeRegion))
        {
            var stack = new RegionStack(
                app, $"{DeployedNames.Prefix}-{region}", In(settings, region, $"ResponseKit: sends this region's events to {settings.HomeRegion}."), settings, region);
            stack.AddDependency(home);
        }
    }

    private static StackProps In(DeploymentSettings settings, string region, string description) =>
        new() { Env = new Amazon.CDK.Environment { Account = settings.Account, Region = region }, Description = description };
}
