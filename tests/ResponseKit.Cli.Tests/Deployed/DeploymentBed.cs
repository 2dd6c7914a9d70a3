using System.IO.Compression;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using ResponseKit.Actors;
using ResponseKit.Aws.Stores;
using ResponseKit.Cli.Tests.Drill;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Emulator.RuntimeApi;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;
using ResponseKit.Testing.RuntimeApi;

namespace ResponseKit.Cli.Tests.Deployed;

/// <summary>A security account with a table, and the tool as its user runs it.</summary>
internal sealed class DeploymentBed : IDisposable
{
    public static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);
    private readonly EmulatorFixture emulator;

    private DeploymentBed(EmulatorFixture emulator, TestAccount hub, StoreTable table) => (this.emulator, Hub, Table) = (emulator, hub, table);

    public TestAccount Hub { get; }

    public StoreTable Table { get; }

    public static async Task<DeploymentBed> CreateAsync(EmulatorFixture emulator)
    {
        var hub = emulator.NewAccount();
        var bed = new DeploymentBed(emulator, hub, await StoreTables.CreateAsync(emulator, hub));
        await bed.DeployAsync("ResponseKit-triage", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RESPONSEKIT_TABLE"] = bed.Table.Name,
            ["RESPONSEKIT_SEAL_KEY"] = await bed.SealKeyAsync(),
        });
        return bed;
    }

    /// <summary>Runs the tool with an administrator's credentials.</summary>
    public Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => RunWithAsync([], arguments);

    /// <summary>The same with further variables.</summary>
    public Task<(int Code, string Output, string Errors)> RunWithAsync(Dictionary<string, string> variables, params string[] arguments) => CommandLine.RunAsync(
        Path.GetTempPath(),
        new Dictionary<string, string>(variables, StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = "AKIAROOT" + Hub.Id,
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL"] = emulator.Address.ToString(),
        },
        arguments);

    /// <summary>Runs the tool with the credentials of a user of the security account, who may do anything there.</summary>
    public Task<(int Code, string Output, string Errors)> RunAsAsync(AccessKey key, params string[] arguments) => CommandLine.RunAsync(
        Path.GetTempPath(),
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ACCESS_KEY_ID"] = key.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL"] = emulator.Address.ToString(),
        },
        arguments);

    /// <summary>Makes a user of the security account, who may do anything there.</summary>
    public async Task<AccessKey> UserAsync(string name)
    {
        const string everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
        var iam = Hub.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = name, PolicyName = "all", PolicyDocument = everything });
        return (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name })).AccessKey;
    }

    /// <summary>Opens an incident about a user whose name and deeds are as hostile as the test likes, and asks a person about it.</summary>
    public async Task<string> OpenAsync(string deed = "created the ECS cluster miner")
    {
        var cases = new DynamoCaseStore(Table, TimeProvider.System);
        var mallory = new Actor.User("111122223333", "mallory");
        var cluster = ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", "miner");
        var signal = new Signal(
            "ecs.cluster-created", SignalCategory.Provisioning, "event-1", Start, mallory, "us-east-1", new CallOutcome.Succeeded(), new Finding(20, deed));
        await cases.AddAsync(
            new Observation("event-1", Start, mallory, null, "us-east-1", [signal], [new(cluster, LineageRelation.Created, "event-1", Start)], []), CancellationToken.None);
        var file = (await cases.LoadAsync(mallory.Key, Start.AddHours(-1), CancellationToken.None)).File;
        var opening = await cases.OpenAsync(Incident.Open(file, Correlator.Judge(file, new ResponsePolicy())), (_, _) => Task.FromResult(new AnsweredEvents([])), Start, CancellationToken.None);
        await cases.MarkStartedAsync(opening.Record, Start, CancellationToken.None);
        var asked = new Approval
        {
            Incident = opening.Record.Incident.Id,
            Round = 1,
            Number = 1,
            Asked = Start,
            Until = TimeProvider.System.GetUtcNow().AddDays(1),
            Items = [new("ecs.tear-down-cluster", [cluster], "The policy's mode is approve.")],
        };
        await new DynamoApprovalStore(Table).AskAsync(asked, CancellationToken.None);
        return opening.Record.Incident.Id;
    }

    /// <summary>Deploys the approval or the undo function under a name.</summary>
    public async Task<FunctionBridge> DeployAsync(string function, string name)
    {
        var sealKey = await SealKeyAsync();
        var bridge = FunctionBridge.Start(_ => FunctionProcess.Start(Path.Combine(AppContext.BaseDirectory, "ResponseKit.Functions.dll"), new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RESPONSEKIT_FUNCTION"] = function,
            ["RESPONSEKIT_POLICY"] = $$$"""{"mode":"approve","guards":{"approvers":["arn:aws:iam::{{{Hub.Id}}}:user/lead"]}}""",
            ["RESPONSEKIT_TABLE"] = Table.Name,
            ["RESPONSEKIT_SEAL_KEY"] = sealKey,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL"] = emulator.Address.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "AKIAROOT" + Hub.Id,
            ["AWS_SECRET_ACCESS_KEY"] = "any",
        }));
        await emulator.Control.RunFunctionsAtAsync(new Dictionary<string, Uri?>(StringComparer.Ordinal) { [name] = bridge.Of(function) }, CancellationToken.None);
        await DeployAsync(name, []);
        return bridge;
    }

    public void Dispose() => Hub.Dispose();

    private async Task<string> SealKeyAsync() => (await StoreTables.SealKeyAsync(emulator, Hub)).Arn;

    private async Task DeployAsync(string name, Dictionary<string, string> variables)
    {
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        var role = await Hub.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest { RoleName = name, AssumeRolePolicyDocument = trust });
        using var package = new MemoryStream();
        await using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("bootstrap");
        package.Position = 0;
        await Hub.Admin.Lambda("us-east-1").CreateFunctionAsync(new CreateFunctionRequest
        {
            FunctionName = name,
            Runtime = Runtime.FindValue("provided.al2023"),
            Handler = "bootstrap",
            Role = role.Role.Arn,
            Code = new FunctionCode { ZipFile = package },
            Environment = new() { Variables = variables },
        });
    }
}
