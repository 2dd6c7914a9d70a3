using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ecs;

/// <summary>
/// A container that runs a mining program, or whose command line, image or environment names one, its arguments or a pool. Only what is run decides: names are
/// chosen freely, and others choose them too, as whoever pushes a branch chooses an image's tag.
/// </summary>
public sealed class MiningCommand : IDetection
{
    private static readonly Attempt Certain = new(Success: 60, Failed: 20);
    private static readonly Attempt Likely = new(Success: 40, Failed: 13);
    private static readonly Attempt Named = new(Success: 15, Failed: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ecs.mining-command",
        Title = "Container with a mining program or pool",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.DeployContainer, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ecs, "RegisterTaskDefinition", "RunTask", "StartTask", "CreateExpressGatewayService")],
        Why = "The command line of a miner is hardly ever anything else: xmrig, SRBMiner, a stratum address.",
        BenignCauses =
        [
            "A security tool whose arguments or environment list names of miners", "An image tag or branch with a miner's name", "A company in the mining trade",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var containers = record.Request["containerDefinitions"].Items
            .Concat(record.Request["overrides"]["containerOverrides"].Items)
            .Append(record.Request["primaryContainer"]);
        Miners.Sign? run = null, named = null, tagged = null;
        foreach (var container in containers)
        {
            run ??= MinerRun.Of(container);
            named ??= Miners.Find(TextOf(container, record.Account));
            tagged ??= Miners.Find(container["image"].Text);
        }

        if ((run ?? named ?? tagged) is not { } best)
            return null;
        var name = record.Request["family"].Text ?? record.Request["taskDefinition"].Text ?? record.Request["serviceName"].Text;
        var (did, todo, kind) = record.EventName switch
        {
            "RegisterTaskDefinition" => ("registered", "register", "the task definition"),
            "CreateExpressGatewayService" => ("created", "create", "the ECS express service"),
            _ => ("started", "start", "the task definition"),
        };
        var finding = (run is not null ? Certain : named is not null ? Likely : Named)
            .Finding(record, did, todo, $"{kind} {Plain.Name(name)} with the mining sign {best.Text}")
            ?.With("taskDefinition", name)
            .With("sign", best.Text);
        return finding is null ? null : finding with { Decisive = run is not null && record.Outcome.TookEffect };
    }

    // Values of the environment only: they may hold secrets, so nothing but the known word that was found is ever repeated. The account's own images are named by
    // those who build them; one that somebody else publishes under a miner's name is hardly anything else.
    private static string TextOf(Field container, string account)
    {
        var image = container["image"].Text ?? "";
        return string.Join(' ', container["entryPoint"].Items.Concat(container["command"].Items).Select(part => part.Text)
            .Concat(container["environment"].Items.Select(variable => variable["value"].Text))
            .Append(ContainerImages.IsOwn(image, account) ? "" : image));
    }

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
        DetectionExample.Match("a miner's name in the tag of an own image", EventSources.Ecs, "RegisterTaskDefinition",
            """{"family":"web","containerDefinitions":[{"name":"a","image":"111122223333.dkr.ecr.us-east-1.amazonaws.com/web:feature-xmrig"}]}"""),
        DetectionExample.Match("a miner's name as the argument of something else", EventSources.Ecs, "RunTask",
            """{"cluster":"a","taskDefinition":"scan:1","overrides":{"containerOverrides":[{"name":"scan","command":["scan","--branch","fix-xmrig"]}]}}"""),
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
