using System.IO.Compression;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Aws.Stores;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Testing;
using ResponseKit.Testing.Commands;

namespace ResponseKit.Functions.Tests;

/// <summary>An account with a trail and, in two regions, the rule that brings heartbeats to a function that is triage as deployed.</summary>
internal sealed class SweepBed : IAsyncDisposable
{
    /// <summary>A rule that the sweep compares, too.</summary>
    public const string Other = "ResponseKit-writes";

    /// <summary>A rule on the hub's bus that tells people.</summary>
    public const string OwnRule = "ResponseKit-changes-kms";

    /// <summary>A rule of the hub on the default bus.</summary>
    public const string KeyRule = "ResponseKit-key-state";

    private const string AlarmTopic = "arn:aws:sns:us-east-1:111122223333:alarms";
    private const string Key = "arn:aws:kms:us-east-1:111122223333:key/0a0b0c0d-0000-4000-8000-000000000001";
    private static readonly string[] Regions = ["us-east-1", "eu-west-1"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly EmulatorFixture emulator;
    private readonly FunctionBridge bridge;
    private readonly FunctionProcess sweep;
    private readonly string rules;

    private SweepBed(EmulatorFixture emulator, FunctionBed functions, NoticeBoard board, FunctionBridge bridge, FunctionProcess sweep, string rules)
    {
        this.emulator = emulator;
        this.bridge = bridge;
        this.sweep = sweep;
        this.rules = rules;
        Functions = functions;
        Board = board;
        Store = new DynamoHeartbeatStore(functions.Table);
    }

    public FunctionBed Functions { get; }

    public NoticeBoard Board { get; }

    public DynamoHeartbeatStore Store { get; }

    public IReadOnlyList<string> Log => sweep.Log;

    public static async Task<SweepBed> CreateAsync(EmulatorFixture emulator, bool compares = false)
    {
        var functions = await FunctionBed.CreateAsync(emulator);
        await emulator.Control.LogAsync(true, functions.Account.Id, CancellationToken.None);
        var board = await NoticeBoard.CreateAsync(emulator, functions.Hub);
        var bridge = FunctionBridge.Start(_ => functions.Start("triage"));
        var rules = Path.GetTempFileName();
        var account = functions.Account.Id;
        var pattern = $$"""
            {"source":[{"prefix":"aws."}],"detail":{"eventSource":["ec2.amazonaws.com"],"eventName":["CreateTags"],
            "userIdentity":{"sessionContext":{"sessionIssuer":{"arn":["arn:aws:iam::{{account}}:role/ResponseKitResponder"]} } } } }
            """;
        const string other = """{"source":[{"prefix":"aws."}],"detail":{"eventSource":["iam.amazonaws.com"]} }""";
        var bus = $"arn:aws:events:us-east-1:{functions.Hub.Id}:event-bus/ResponseKit";
        await File.WriteAllTextAsync(rules, new DeployedRules(
            [new RuleSet(null, null, null, [new DeployedRule(Other, "ENABLED", other)])],
            [
                new HubRule(OwnRule, IsOnOwnBus: true, "ENABLED", ChangesOfKeys("{key}", "{account}"), [HubRule.People, HubRule.PeopleToo]),
                new HubRule(KeyRule, IsOnOwnBus: false, "ENABLED", ChangesOfKeys("{key}", "{account}"), [HubRule.PeopleToo]),
            ]).Write());
        var bed = new SweepBed(emulator, functions, board, bridge, functions.Start(
            FunctionIds.Sweep,
            [
                ("RESPONSEKIT_REGIONS", string.Join(',', Regions)), ("RESPONSEKIT_ACCOUNTS", account), ("RESPONSEKIT_BUS", bus), ("RESPONSEKIT_TOPIC", board.Topic),
                ("RESPONSEKIT_ALARM_TOPIC", AlarmTopic), ("RESPONSEKIT_HUB_KEY", Key),
                .. compares ? new[] { ("RESPONSEKIT_RULES", rules) } : [],
            ]), rules);
        foreach (var region in Regions)
        {
            var function = await bed.FunctionAsync(region);
            var events = bed.Events(region);
            await events.PutRuleAsync(new PutRuleRequest { Name = DeployedNames.HeartbeatRule, EventPattern = pattern, State = RuleState.ENABLED });
            await events.PutTargetsAsync(new PutTargetsRequest { Rule = DeployedNames.HeartbeatRule, Targets = [new() { Id = "triage", Arn = function }] });
            await events.PutRuleAsync(new PutRuleRequest { Name = Other, EventPattern = other, State = RuleState.ENABLED });
            await events.PutTargetsAsync(new PutTargetsRequest
            {
                Rule = Other,
                Targets = [new() { Id = "hub", Arn = bus, RoleArn = $"arn:aws:iam::{account}:role/{DeployedNames.ForwarderRole}" }],
            });
        }

        if (compares)
            await bed.OwnRulesAsync();
        return bed;
    }

    /// <summary>EventBridge of the hub, as its owner.</summary>
    public IAmazonEventBridge HubEvents =>
        new AmazonEventBridgeClient(new BasicAWSCredentials("AKIAROOT" + Functions.Hub.Id, "any"), emulator.Settings.For(new AmazonEventBridgeConfig(), Regions[0]));

    /// <summary>EventBridge of the account, as its owner.</summary>
    public IAmazonEventBridge Events(string region) =>
        new AmazonEventBridgeClient(new BasicAWSCredentials("AKIAROOT" + Functions.Account.Id, "any"), emulator.Settings.For(new AmazonEventBridgeConfig(), region));

    /// <summary>One sweep, as the schedule has it.</summary>
    public async Task<JsonElement> SweepAsync()
    {
        var answer = await sweep.InvokeAsync("{}"u8.ToArray());
        Assert.True(answer.Succeeded, answer.Text);
        return answer.Json();
    }

    /// <summary>Waits until the last heartbeats of exactly these regions have come back.</summary>
    public async Task HeardAsync(params string[] regions)
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        while (((await ItemAsync()).GetValueOrDefault("back")?.M?.Count ?? 0) < regions.Length)
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"Not heard. Invoked: {bridge.Invoked.Count}. Triage: {string.Join('\n', bridge.LogOf("triage"))} Sweep: {string.Join('\n', sweep.Log)}");
            await Task.Delay(100);
        }

        Assert.Equal(regions.Order(StringComparer.Ordinal), (await ItemAsync())["back"].M.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Makes as if the last sweep were half an hour ago.</summary>
    public async Task LaterAsync()
    {
        var item = await ItemAsync();
        item["sent"] = new(DateTimeOffset.Parse(item["sent"].S, System.Globalization.CultureInfo.InvariantCulture).AddMinutes(-30).ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        item["first"] = item["sent"];
        await Functions.Table.Dynamo.PutItemAsync(new PutItemRequest { TableName = Functions.Table.Name, Item = item });
    }

    /// <summary>What is kept of the account.</summary>
    public async Task<Dictionary<string, AttributeValue>> ItemAsync() => (await Functions.Table.Dynamo.GetItemAsync(new GetItemRequest
    {
        TableName = Functions.Table.Name,
        Key = new() { [StoreTable.Partition] = new("heartbeat#" + Functions.Account.Id), [StoreTable.Sort] = new("pulse") },
        ConsistentRead = true,
    })).Item;

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        await bridge.DisposeAsync();
        await Board.DisposeAsync();
        Functions.Dispose();
        File.Delete(rules);
    }

    private static string ChangesOfKeys(string key, string account) =>
        $$"""{"source":[{"prefix":"aws."}],"account":["{{account}}"],"detail":{"resources":{"ARN":["{{key}}"]} } }""";

    // In whatever order EventBridge likes.
    private async Task OwnRulesAsync()
    {
        var events = HubEvents;
        var made = await AwsCommands.RunAsync([$"aws events create-event-bus --name {DeployedNames.Bus}"], emulator, Functions.Hub);
        Assert.Null(made[0].Error ?? made[0].Problem);
        foreach (var (rule, bus, topics) in new[] { (OwnRule, DeployedNames.Bus, new[] { AlarmTopic, Board.Topic }), (KeyRule, (string?)null, [AlarmTopic]) })
        {
            await events.PutRuleAsync(new PutRuleRequest { Name = rule, EventBusName = bus, EventPattern = ChangesOfKeys(Key, Functions.Hub.Id), State = RuleState.ENABLED });
            await events.PutTargetsAsync(new PutTargetsRequest { Rule = rule, EventBusName = bus, Targets = [.. topics.Select((arn, at) => new Target { Id = $"t{at}", Arn = arn })] });
        }
    }

    private async Task<string> FunctionAsync(string region)
    {
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        var (name, iam) = ($"triage-{region}-{Functions.Account.Id}", Functions.Account.Admin.Iam(region));
        var role = await iam.CreateRoleAsync(new() { RoleName = name, AssumeRolePolicyDocument = trust });
        var lambda = Functions.Account.Admin.Lambda(region);
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("bootstrap");
        archive.Position = 0;
        var made = await lambda.CreateFunctionAsync(new CreateFunctionRequest
        {
            FunctionName = name,
            Runtime = Runtime.FindValue("provided.al2023"),
            Handler = "bootstrap",
            Role = role.Role.Arn,
            Code = new FunctionCode { ZipFile = archive },
        });
        await lambda.AddPermissionAsync(new AddPermissionRequest
        {
            FunctionName = name,
            StatementId = "rules",
            Action = "lambda:InvokeFunction",
            Principal = "events.amazonaws.com",
        });
        await emulator.Control.RunFunctionsAtAsync(new Dictionary<string, Uri?> { [name] = bridge.Of("triage") }, CancellationToken.None);
        return made.FunctionArn;
    }
}
