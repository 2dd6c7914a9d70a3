using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using ResponseKit.Testing.Linting;

namespace ResponseKit.Testing.Policies;

/// <summary>
/// Which actions and resources the services of AWS have, as AWS publishes it for programs (Service Authorization Reference, "Simplified AWS service information
/// for programmatic access"). <c>cfn-lint</c>, which the tests need anyway, brings a copy.
/// </summary>
public sealed class ServiceReference
{
    private const string Where = """
        import importlib.util, pathlib
        print(pathlib.Path(importlib.util.find_spec("cfnlint").origin).parent / "data" / "AdditionalSpecs" / "Policies.json")
        """;

    // CDK's own StateMachine.grantTaskResponse allows these on the state machine, though the reference names no resource type for them.
    private static readonly Dictionary<string, string> Unpublished = new(StringComparer.OrdinalIgnoreCase)
    {
        ["states:SendTaskFailure"] = "statemachine",
        ["states:SendTaskHeartbeat"] = "statemachine",
        ["states:SendTaskSuccess"] = "statemachine",
    };

    private static readonly Lazy<ServiceReference> Loaded = new(Load);
    private readonly Dictionary<string, Service> services;
    private readonly ILookup<string, ArnFormat> formats;

    private ServiceReference(Dictionary<string, Service> services)
    {
        this.services = services;
        formats = services.Values.SelectMany(service => service.Formats.Values).SelectMany(all => all).Distinct()
            .ToLookup(format => format.Service, StringComparer.Ordinal);
    }

    public static ServiceReference Instance => Loaded.Value;

    /// <summary>Whether there are actions with this prefix.</summary>
    public bool HasService(string prefix) => services.ContainsKey(prefix);

    /// <summary>The names, in lower case, of a service's actions that fit a pattern.</summary>
    public IEnumerable<string> ActionsLike(string service, string pattern) =>
        services.TryGetValue(service, out var known) ? known.Actions.Keys.Where(action => Glob.Overlap(pattern, action, ignoreCase: true)) : [];

    /// <summary>What an action is called on; nothing where it has no resource types, so that only <c>*</c> covers it.</summary>
    public ImmutableArray<ArnFormat> ResourcesOf(string service, string action) => services[service].Actions[action] is { IsEmpty: false } published ? published
        : Unpublished.TryGetValue($"{service}:{action}", out var kind) ? services[service].Formats[kind] : [];

    /// <summary>All forms that ARNs of a service have; nothing for a service that has none.</summary>
    public IEnumerable<ArnFormat> FormatsOf(string service) => formats[service];

    private static ServiceReference Load()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Find()));
        return new ServiceReference(json.RootElement.EnumerateObject().ToDictionary(service => service.Name, service => Read(service.Value), StringComparer.Ordinal));
    }

    private static Service Read(JsonElement service)
    {
        var formats = service.GetProperty("Resources").EnumerateObject().ToDictionary(
            kind => kind.Name,
            kind => kind.Value.TryGetProperty("ARNFormats", out var all) ? [.. all.EnumerateArray().Select(one => ArnFormat.Parse(one.GetString()!))] : ImmutableArray<ArnFormat>.Empty,
            StringComparer.OrdinalIgnoreCase);
        return new Service(
            service.GetProperty("Actions").EnumerateObject().ToDictionary(
                action => action.Name,
                action => action.Value.TryGetProperty("Resources", out var kinds)
                    ? [.. kinds.EnumerateArray().SelectMany(kind => formats.GetValueOrDefault(kind.GetString()!, []))]
                    : ImmutableArray<ArnFormat>.Empty,
                StringComparer.OrdinalIgnoreCase),
            formats);
    }

    private static string Find()
    {
        var python = TemplateLinter.FindPythonAsync().GetAwaiter().GetResult();
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", Where]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return File.Exists(said) ? said : throw new InvalidOperationException($"cfn-lint has no list of IAM actions where it was before: '{said}'.");
    }

    private sealed record Service(Dictionary<string, ImmutableArray<ArnFormat>> Actions, Dictionary<string, ImmutableArray<ArnFormat>> Formats);
}
