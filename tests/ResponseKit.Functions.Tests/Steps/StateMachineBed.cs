using System.IO.Compression;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ResponseKit.Aws.Actions;
using ResponseKit.Deployment;
using ResponseKit.Functions.Hosting;
using ResponseKit.Infra.Hub;
using ResponseKit.Response;
using ResponseKit.Testing;
using ExecutionStatus = Amazon.StepFunctions.ExecutionStatus;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>The security account with the state machine and its functions, which run as processes of their own.</summary>
internal sealed class StateMachineBed : IAsyncDisposable
{
    private static readonly string[] Steps = [FunctionSettings.Plan, FunctionSettings.Approval, FunctionSettings.Look, FunctionSettings.Report, FunctionIds.Undo];
    private static readonly RunnerSettings Settings = new() { Pause = TimeSpan.FromSeconds(1), ApprovalPause = TimeSpan.FromSeconds(3) };

    private StateMachineBed(FunctionBed functions, FunctionBridge bridge, AmazonStepFunctionsClient client, string machine)
    {
        Functions = functions;
        Bridge = bridge;
        Client = client;
        Machine = machine;
    }

    public FunctionBed Functions { get; }

    public FunctionBridge Bridge { get; }

    /// <summary>Step Functions, for an administrator of the security account.</summary>
    public AmazonStepFunctionsClient Client { get; }

    /// <summary>The state machine's ARN.</summary>
    public string Machine { get; }

    /// <summary>Makes it.</summary>
    /// <param name="emulator">The emulator.</param>
    /// <param name="policy">The policy of the functions.</param>
    /// <param name="settings">Further settings of theirs, read when a function is invoked for the first time.</param>
    public static async Task<StateMachineBed> CreateAsync(EmulatorFixture emulator, string policy, IEnumerable<(string Name, string Value)>? settings = null)
    {
        var bed = await FunctionBed.CreateAsync(emulator);
        var hub = bed.Hub;
        var functions = Steps.Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id)).ToDictionary(function => NameOf(function, hub), StringComparer.Ordinal);
        var bridge = FunctionBridge.Start(function => bed.Start(function, [("RESPONSEKIT_POLICY", policy), .. settings ?? []]));
        await emulator.Control.RunFunctionsAtAsync(functions.ToDictionary(function => function.Key, function => (Uri?)bridge.Of(function.Value)), CancellationToken.None);
        var role = await RoleAsync(hub, "lambda");
        foreach (var name in functions.Keys)
            await MakeAsync(hub, name, role);
        var client = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIAROOT" + hub.Id, "any"), emulator.Settings.For(new AmazonStepFunctionsConfig(), FunctionBed.Region));
        var definition = StateMachineDefinition.Of(
            ActionCatalogue.All.Select(action => action.Descriptor), function => $"arn:aws:lambda:{FunctionBed.Region}:{hub.Id}:function:{NameOf(function, hub)}", Settings);
        var machine = await client.CreateStateMachineAsync(
            new CreateStateMachineRequest { Name = "responsekit", Definition = definition, RoleArn = await RoleAsync(hub, "states") });
        return new StateMachineBed(bed, bridge, client, machine.StateMachineArn);
    }

    /// <summary>Invokes a function as a person does, through Lambda.</summary>
    public async Task<JsonElement> InvokeAsync(string function, string payload)
    {
        var request = new InvokeRequest { FunctionName = NameOf(function, Functions.Hub), Payload = payload };
        var answer = await Functions.Hub.Admin.Lambda(FunctionBed.Region).InvokeAsync(request);
        return JsonElement.Parse(answer.Payload.ToArray());
    }

    /// <summary>Waits until an execution waits for a person, with its token kept.</summary>
    public async Task WaitsAsync(string incident)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            if (await TokenAsync(incident) is not null)
                return;
            await Task.Delay(200);
        }

        throw new TimeoutException($"Nothing waits for a person in {incident}: {string.Join(' ', Bridge.Invoked)}");
    }

    /// <summary>The token of the execution that waits for a person last; null while none does.</summary>
    public async Task<string?> TokenAsync(string incident)
    {
        var items = await Functions.Table.Dynamo.QueryAsync(new QueryRequest
        {
            TableName = Functions.Table.Name,
            KeyConditionExpression = "pk = :pk",
            ExpressionAttributeValues = new() { [":pk"] = new("approval#" + incident) },
            ConsistentRead = true,
        });
        return items.Items?.Select(item => item.GetValueOrDefault("taskToken")?.S).LastOrDefault(token => token is not null);
    }

    /// <summary>How an execution of that name ended.</summary>
    public async Task<DescribeExecutionResponse> EndOfAsync(string execution)
    {
        var request = new DescribeExecutionRequest { ExecutionArn = $"{Machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{execution}" };
        for (var attempt = 0; ; attempt++)
        {
            var answer = await Client.DescribeExecutionAsync(request);
            if (answer.Status != ExecutionStatus.RUNNING || attempt == 600)
                return answer;
            await Task.Delay(200);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Bridge.DisposeAsync();
        Client.Dispose();
        Functions.Dispose();
    }

    // The emulator knows functions by name only, whichever account they are in.
    private static string NameOf(string function, TestAccount hub) => $"{function.Replace('.', '-')}-{hub.Id}";

    private static async Task<string> RoleAsync(TestAccount hub, string service)
    {
        var trust = $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{service}}.amazonaws.com"},"Action":"sts:AssumeRole"}]}
            """;
        const string mayInvoke = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*"}]}""";
        var iam = hub.Admin.Iam(FunctionBed.Region);
        var role = await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = service, AssumeRolePolicyDocument = trust });
        if (service == "states")
            await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = service, PolicyName = "invoke", PolicyDocument = mayInvoke });
        return role.Role.Arn;
    }

    private static Task MakeAsync(TestAccount hub, string name, string role) => hub.Admin.Lambda(FunctionBed.Region).CreateFunctionAsync(new CreateFunctionRequest
    {
        FunctionName = name,
        Runtime = Runtime.FindValue("provided.al2023"),
        Handler = "bootstrap",
        Role = role,
        Code = new FunctionCode { ZipFile = Zip() },
    });

    private static MemoryStream Zip()
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("bootstrap");
        archive.Position = 0;
        return archive;
    }
}
