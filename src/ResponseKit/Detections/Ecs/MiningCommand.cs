using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>A container whose command line, image or environment names a mining program, its arguments or a pool.</summary>
public sealed class MiningCommand : IDetection
{
    private static readonly Attempt Certain = new(Success: 60, Failed: 20);
    private static readonly Attempt Likely = new(Success: 40, Failed: 13);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.mining-command",
        Title = "Container with a mining program or pool",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "RegisterTaskDefinition", "RunTask", "StartTask", "CreateExpressGatewayService")],
        Why = "The command line of a miner is hardly ever anything else: xmrig, SRBMiner, a stratum address.",
        BenignCauses = ["A security tool whose environment lists names of miners", "A company in the mining trade"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var containers = record.Request["containerDefinitions"].Items
            .Concat(record.Request["overrides"]["containerOverrides"].Items)
            .Append(record.Request["primaryContainer"]);
        Miners.Sign? best = null;
        var isCommand = false;
        foreach (var container in containers)
        {
            var inCommand = Miners.Find(CommandOf(container));
            if (inCommand is { IsCertain: true })
            {
                (best, isCommand) = (inCommand, true);
                break;
            }

            best ??= inCommand ?? Miners.Find(EnvironmentOf(container));
        }

        if (best is null)
            return null;
        // Only what is run decides: an environment may hold a block list.
        var name = record.Request["family"].Text ?? record.Request["taskDefinition"].Text ?? record.Request["serviceName"].Text;
        var (did, todo, kind) = record.EventName switch
        {
            "RegisterTaskDefinition" => ("registered", "register", "the task definition"),
            "CreateExpressGatewayService" => ("created", "create", "the ECS express service"),
            _ => ("started", "start", "the task definition"),
        };
        var finding = (isCommand ? Certain : Likely)
            .Finding(record, did, todo, $"{kind} {Plain.Name(name)} with the mining sign {best.Text}")
            ?.With("taskDefinition", name)
            .With("sign", best.Text);
        return finding is null ? null : finding with { Decisive = isCommand && record.Outcome.TookEffect };
    }

    private static string CommandOf(Field container) =>
        string.Join(' ', container["entryPoint"].Items.Concat(container["command"].Items).Append(container["image"]).Select(part => part.Text));

    // Values only: they may hold secrets, so nothing but the known word that was found is ever repeated.
    private static string EnvironmentOf(Field container) => string.Join(' ', container["environment"].Items.Select(variable => variable["value"].Text));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a miner's command line", EventSources.Ecs, "RegisterTaskDefinition",
            """
            {"family":"xq2kd9","containerDefinitions":[{"name":"a","image":"debian:12",
            "command":["sh","-c","./run --donate-level 1 -o stratum+tcp://pool.example.net:3333"]}]}
            """),
        DetectionExample.Match("a miner's name in the image", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"xq2kd9","containerDefinitions":[{"name":"a","image":"someone12345/SRBMiner-MULTI:latest"}]}"""),
        DetectionExample.Match("a pool in the environment", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"w","containerDefinitions":[{"name":"a","image":"a/b","environment":[{"name":"P","value":"eu.rplant.xyz:7155"}]}]}"""),
        DetectionExample.Match("a command overridden at the start", EventSources.Ecs, "RunTask",
            """{"cluster":"a","taskDefinition":"web:1","overrides":{"containerOverrides":[{"name":"web","command":["xmrig","-o","198.51.100.7:443"]}]}}"""),
        DetectionExample.Match("the same on a chosen instance", EventSources.Ecs, "StartTask",
            """{"cluster":"a","taskDefinition":"web:1","overrides":{"containerOverrides":[{"name":"web","command":["/opt/cpuminer","-a","x"]}]}}"""),
        DetectionExample.Match("an express service", EventSources.Ecs, "CreateExpressGatewayService",
            """{"serviceName":"w","primaryContainer":{"image":"debian:12","command":["xmrig","-o","198.51.100.7:443"]}}"""),
        DetectionExample.Ignore("an ordinary web server", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"web","image":"nginx:1.29","command":["nginx","-g","daemon off;"]}]}"""),
        DetectionExample.Ignore("words that merely resemble", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"etl","containerDefinitions":[{"name":"logminer","image":"acme/minerdata:2","command":["examiner","--donate"]}]}"""),
        DetectionExample.Ignore("a run without overrides", EventSources.Ecs, "RunTask", """{"cluster":"a","taskDefinition":"web:1"}"""),
    ];
}
