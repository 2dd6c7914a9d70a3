using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Aws.Actions;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Infra.Settings;

/// <summary>
/// Reads the settings before anything is made of them, and refuses what is wrong or unknown: a misspelt <c>-c mode</c> would else be a deployment in
/// another mode than was meant.
/// </summary>
/// <param name="context">The context as CDK hands it over: its own keys too.</param>
/// <param name="homeRegion">The region of the AWS profile; null when there is none.</param>
/// <param name="account">The account of the AWS profile; null when there is none.</param>
public sealed class SettingsReader(IReadOnlyDictionary<string, JsonElement> context, string? homeRegion, string? account)
{
    private const string Qualifier = "@aws-cdk/core:bootstrapQualifier";
    private static readonly string[] Scopes = ["account", "organization"];
    private static readonly string[] Modes = ["observe", "approve", "enforce"];
    private static readonly string[] Switch = ["on", "off"];
    private static readonly string[] Concurrency = ["reserved", "shared"];
    private static readonly string[] Registries = ["new", "existing", "off"];

    // Everything that may be given, and what is said to whoever gives something else.
    private static readonly ImmutableArray<(string Key, string Accepts)> Known =
    [
        ("scope", "account or organization"), ("mode", "observe, approve or enforce"), ("regions", "regions with commas between them, or all"),
        ("policy", "the path of a policy file"), ("reads", "on or off"), ("notify", "an e-mail address"), ("alarms", "an e-mail address"), ("protection", "on or off"), ("concurrency", "reserved or shared"),
        ("testevents", "new, existing or off"), .. OrganizationReader.Known,
    ];

    private readonly List<string> problems = [];

    /// <summary>Reads them.</summary>
    /// <param name="read">Reads a file; throws an <see cref="IOException"/> where it cannot.</param>
    /// <exception cref="SettingsException">Something is wrong; the message names all that is, and what is accepted.</exception>
    public DeploymentSettings Read(Func<string, string> read)
    {
        foreach (var key in context.Keys.Where(key => !IsOfCdk(key) && !Known.Any(known => known.Key == key)).Order(StringComparer.Ordinal))
            problems.Add($"-c {key}: there is no such setting. Accepted: {string.Join("; ", Known.Select(known => $"{known.Key} ({known.Accepts})"))}.");
        var home = homeRegion is { Length: > 0 } ? homeRegion : "us-east-1";
        var path = Text("policy") ?? "responsekit.json";
        var scope = OneOf("scope", Scopes, null) == "organization" ? DeploymentScope.Organization : DeploymentScope.Account;
        var mode = OneOf("mode", Modes, "observe") switch { "enforce" => ResponseMode.Enforce, "approve" => ResponseMode.Approve, _ => ResponseMode.Observe };
        var notify = Address("notify");
        var settings = new DeploymentSettings
        {
            Scope = scope,
            Mode = mode,
            HomeRegion = home,
            Account = account is { Length: > 0 } ? account : null,
            Regions = Regions(home),
            Policy = Policy(path, mode, read),
            PolicyPath = path,
            Reads = OneOf("reads", Switch, "off") == "on",
            Notify = notify,
            Alarms = Address("alarms") ?? notify,
            ProtectsStacks = OneOf("protection", Switch, "on") == "on",
            ReservesConcurrency = OneOf("concurrency", Concurrency, "reserved") == "reserved",
            TestEvents = OneOf("testevents", Registries, "new") switch
            {
                "existing" => TestEventRegistry.Existing,
                "off" => TestEventRegistry.Off,
                _ => TestEventRegistry.New,
            },
            BootstrapQualifier = Text(Qualifier) ?? "hnb659fds",
            Organization = Organization(scope, home),
        };
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    // CDK's own: feature flags (@aws-cdk/…), the command line's (aws:cdk:…), remembered look-ups (vpc-provider:…), and two that cdk.json may hold.
    private static bool IsOfCdk(string key) => key.Contains(':') || key.StartsWith('@') || key is "acknowledged-issue-numbers" or "cli-telemetry";

    private string? Text(string key)
    {
        if (!context.TryGetValue(key, out var value))
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : "";
        if (text.Length > 0)
            return text;
        problems.Add($"-c {key}: there is no text after it. Accepted: {Known.FirstOrDefault(known => known.Key == key).Accepts ?? "text"}.");
        return null;
    }

    private string? OneOf(string key, string[] accepted, string? otherwise)
    {
        if (!context.ContainsKey(key))
        {
            if (otherwise is null)
                problems.Add($"-c {key} is missing. Accepted: {string.Join(", ", accepted.Select(value => $"-c {key}={value}"))}.");
            return otherwise;
        }

        if (Text(key) is { } text && !accepted.Contains(text))
            problems.Add($"-c {key}={text}: there is no such {key}. Accepted: {string.Join(", ", accepted)}.");
        return Text(key) ?? otherwise;
    }

    private OrganizationSettings? Organization(DeploymentScope scope, string home)
    {
        var reader = new OrganizationReader(Text, problems);
        if (scope == DeploymentScope.Organization)
            return reader.Read(home);
        reader.RefuseAll();
        return null;
    }

    private ImmutableArray<string> Regions(string home)
    {
        if (!RegionName.IsValid(home))
            problems.Add($"The home region is '{home}', which is no region. Accepted: a region such as eu-west-1, in the AWS profile or in AWS_REGION.");
        var named = Text("regions") switch
        {
            null => [DefaultRegions.OfGlobalServices(home)],
            "all" when Arn.PartitionOf(home) == "aws" => DefaultRegions.EnabledEverywhere,
            { } text => [.. text.Split(',', StringSplitOptions.TrimEntries)],
        };
        foreach (var region in named.Where(region => !RegionName.IsValid(region)))
            problems.Add($"-c regions: '{region}' is no region. Accepted: regions with commas between them, such as eu-west-1,us-east-1; or all, in the partition aws.");
        foreach (var region in named.Where(region => RegionName.IsValid(region) && Arn.PartitionOf(region) != Arn.PartitionOf(home)))
            problems.Add($"-c regions: '{region}' is in another partition than the home region {home}. Accepted: regions of {Arn.PartitionOf(home)}.");
        return [.. named.Prepend(home).Distinct(StringComparer.Ordinal)];
    }

    private string? Address(string key)
    {
        var address = Text(key);
        if (address is not null && (address.Split('@') is not [{ Length: > 0 }, { Length: > 2 } host] || !host.Contains('.') || address.Any(char.IsWhiteSpace)))
            problems.Add($"-c {key}={address}: this is no e-mail address. Accepted: one such as security@example.com.");
        return address;
    }

    private string Policy(string path, ResponseMode mode, Func<string, string> read)
    {
        try
        {
            var text = read(path);
            if (PolicyFile.Parse(text, [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)], mode) is PolicyResult.Refused refused)
                problems.AddRange(refused.Errors.Select(error => $"-c policy={path}: {error}"));
            return text;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add($"-c policy={path}: the file cannot be read ({error.Message}) Accepted: the path of a policy file, from the folder of cdk.json.");
            return "{}";
        }
    }
}
