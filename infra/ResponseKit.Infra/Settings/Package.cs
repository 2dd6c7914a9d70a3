using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Heartbeats;
using ResponseKit.Policy;

namespace ResponseKit.Infra.Settings;

/// <summary>The package of the functions: what <c>dotnet publish</c> wrote, and what travels with it: the policy, and the rules that are deployed.</summary>
internal static class Package
{
    /// <summary>Where the policy is in the package.</summary>
    public const string PolicyName = "responsekit.json";

    /// <summary>The assembly that Lambda starts, which is the functions' handler.</summary>
    public const string Handler = "ResponseKit.Functions";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Puts the policy, with the mode that is deployed, and the rules into the folder.</summary>
    /// <exception cref="SettingsException">The functions are not there.</exception>
    public static string Complete(string folder, DeploymentSettings settings, DeployedRules rules)
    {
        if (!File.Exists(Path.Combine(folder, Handler + ".dll")))
        {
            throw new SettingsException(
                $"The functions are not in '{folder}'. Run: dotnet publish src/ResponseKit.Functions -p:PublishProfile=Lambda (the line \"build\" of cdk.json does it).");
        }

        var policy = JsonNode.Parse(settings.Policy)!.AsObject();
        policy["mode"] = NameOf(settings.Mode);
        File.WriteAllText(Path.Combine(folder, PolicyName), policy.ToJsonString(Indented) + "\n");
        File.WriteAllText(Path.Combine(folder, DeployedRules.FileName), rules.Write() + "\n");
        return folder;
    }

    /// <summary>What the policy file calls a mode.</summary>
    public static string NameOf(ResponseMode mode) => mode.ToString().ToLowerInvariant();
}
