using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK.AWS.EventSchemas;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Settings;
using ResponseKit.Resources;
using ResponseKit.Response;
using Arn = ResponseKit.Resources.Arn;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The events under the console's Test tab, for everybody of the account: one for each mode of each action, so that a responder only edits the target, and
/// one to reject what a response asks. There is none to approve: an approval carries a signature, which the command line makes.
/// Lambda keeps such events as examples in a schema <c>_FUNCTION-schema</c> of the registry <c>lambda-testevent-schemas</c> (Lambda Developer Guide,
/// "Testing Lambda functions in the console", "Creating shareable test events").
/// </summary>
internal sealed class ConsoleTestEvents : Construct
{
    private const string Registry = "lambda-testevent-schemas";
    private static readonly string[] UndoModes = ["plan", "apply", "dismiss"];
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes them.</summary>
    public ConsoleTestEvents(Construct scope, string id, IEnumerable<ActionDescriptor> actions, DeploymentSettings settings)
        : base(scope, id)
    {
        var registry = settings.TestEvents == TestEventRegistry.New
            ? new CfnRegistry(this, "Registry", new CfnRegistryProps { RegistryName = Registry, Description = "Shareable test events of Lambda functions." })
            : null;
        foreach (var (function, requests) in actions.Select(action => (action.Id, Requests(action, Here.Account, settings.HomeRegion))).Append((FunctionIds.Approval, Answers())).Append((FunctionIds.Undo, Undoing())))
        {
            var schema = new CfnSchema(this, function, new CfnSchemaProps
            {
                RegistryName = Registry,
                SchemaName = $"_{DeployedNames.Function(function)}-schema",
                Type = "OpenApi3",
                Description = $"Requests to {function}.",
                Content = Content(requests),
            });
            if (registry is not null)
                schema.AddDependency(registry);
        }
    }

    /// <summary>What a person may answer to what a response asks without proving who they are.</summary>
    public static IEnumerable<(string Name, JsonObject Request)> Answers() =>
    [
        ("reject", new JsonObject { ["decision"] = "reject", ["incident"] = "inc-EDIT-ME", ["by"] = "EDIT ME", ["reason"] = "INC-42 edit me" }),
    ];

    /// <summary>The requests to give back what a response took, or to call it a false alarm.</summary>
    public static IEnumerable<(string Name, JsonObject Request)> Undoing() => UndoModes.Select(mode => (mode, new JsonObject
    {
        ["mode"] = mode,
        ["incident"] = "inc-EDIT-ME",
        ["by"] = "EDIT ME",
        ["reason"] = "INC-42 edit me",
    }));

    /// <summary>The requests of an action, by mode.</summary>
    public static IEnumerable<(string Mode, JsonObject Request)> Requests(ActionDescriptor action, string account, string region)
    {
        foreach (var mode in new[] { "plan", "apply", "revert" })
        {
            if (mode == "revert" && action.Reversibility is Reversibility.Irreversible)
                continue;
            var request = new JsonObject
            {
                ["mode"] = mode,
                ["account"] = account,
                ["region"] = region,
                ["target"] = Target(action.Target, account, region),
                ["reason"] = "INC-42 edit me",
            };
            if (mode == "revert")
                request["incident"] = "INC-42";
            yield return (mode, request);
        }
    }

    private static string Content(IEnumerable<(string Name, JsonObject Request)> requests) => new JsonObject
    {
        ["openapi"] = "3.0.0",
        ["info"] = new JsonObject { ["version"] = "1.0.0", ["title"] = "Event" },
        ["paths"] = new JsonObject(),
        ["components"] = new JsonObject
        {
            ["schemas"] = new JsonObject { ["Event"] = new JsonObject { ["type"] = "object" } },
            ["examples"] = new JsonObject(requests.Select(request => KeyValuePair.Create(request.Name, (JsonNode?)new JsonObject { ["value"] = request.Request }))),
        },
    }.ToJsonString(Readable);

    private static string Target(ResourceKind kind, string account, string region)
    {
        var name = kind == ResourceKind.Instance ? "i-0123456789abcdef0"
            : kind == ResourceKind.AccessKey ? "EDIT-ME/AKIAIOSFODNN7EXAMPLE"
            : kind == ResourceKind.Credential ? "EDIT-ME/ssh-key/APKAIOSFODNN7EXAMPLE"
            : "EDIT-ME";
        return $"arn:{Arn.PartitionOf(region)}:{kind.Service}:{(kind.IsGlobal ? "" : region)}:{account}:{kind.Prefix}{name}";
    }
}
