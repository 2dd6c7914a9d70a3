using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Emulator.Deployed;
using ResponseKit.Testing;

namespace ResponseKit.Deploy.Tests.Deployed;

/// <summary>
/// ResponseKit in an account of the emulated AWS with IAM enforced: bootstrapped, published and deployed once for all tests, by the CDK command line that
/// the repository pins and with nothing but the scope and the regions said.
/// </summary>
public sealed class DeployedAccount
{
    public const string Home = "eu-west-1";
    public const string Further = "us-east-1";
    private static readonly Lazy<Task<DeployedAccount>> Shared = new(MakeFirstAsync);
    private readonly EmulatorFixture emulator;
    private readonly TestAccount account;

    private DeployedAccount(EmulatorFixture emulator, TestAccount account, EmulatedDeployment deployment, ImmutableDictionary<string, string> outputs)
    {
        this.emulator = emulator;
        this.account = account;
        Deployment = deployment;
        Outputs = outputs;
    }

    /// <summary>The account's id.</summary>
    public string Id => account.Id;

    /// <summary>The outputs of the home region's stack.</summary>
    public ImmutableDictionary<string, string> Outputs { get; }

    /// <summary>Clients and emulator.</summary>
    public EmulatorFixture Emulator => emulator;

    internal EmulatedDeployment Deployment { get; }

    public static Task<DeployedAccount> FindAsync() => Shared.Value;

    /// <summary>The deployment, with the drills, if they are wanted, begun beside the tests that look at it.</summary>
    private static async Task<DeployedAccount> MakeFirstAsync()
    {
        var account = await MakeAsync();
        if (Order.HasDrills)
            _ = Task.Run(DrillRuns.Begin);
        return account;
    }

    /// <summary>Credentials of the account's owner.</summary>
    public AWSCredentials Owner => new BasicAWSCredentials("AKIAROOT" + Id, "any");

    /// <summary>The ARN of something in the home region.</summary>
    public string Arn(string service, string resource, string region = Home) => $"arn:aws:{service}:{region}:{Id}:{resource}";

    /// <summary>A function as Lambda has it.</summary>
    public Task<DeployedFunction> FunctionAsync(string name) => emulator.Control.FunctionAsync(Arn("lambda", $"function:{name}"), CancellationToken.None);

    /// <summary>What a function signs with: a session of its role, which Lambda gets.</summary>
    public async Task<AWSCredentials> SessionAsync(string function)
    {
        var role = await emulator.Control.ServiceSessionAsync((await FunctionAsync(function)).Role, function, CancellationToken.None);
        return new SessionAWSCredentials(role.AccessKeyId, role.SecretAccessKey, role.SessionToken);
    }

    /// <summary>Asks a service that speaks JSON, as the owner.</summary>
    public Task<JsonNode> AskAsync(string operation, object request, string region = Home) => JsonApi.AskAsync(emulator.Address, Id, region, operation, request);

    /// <summary>Whether there is such a bucket.</summary>
    public Task<bool> HasBucketAsync(string name) => JsonApi.FindsAsync(new Uri(emulator.Address, name), Id, Home);

    private static async Task<DeployedAccount> MakeAsync()
    {
        var emulator = new EmulatorFixture();
        await emulator.InitializeAsync();
        var account = emulator.NewAccount();
        await account.EnforceIamAsync();
        var cdk = new CdkCommand(CdkCommand.FindFolder(AppContext.BaseDirectory), emulator.Address, account.Id, Home);
        var deployment = new EmulatedDeployment(cdk, account.Id, new DeploymentPlan { Regions = [Home, Further] });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => deployment.Dispose();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(20));
        await deployment.BootstrapAsync(patience.Token);
        await deployment.DeployAsync(patience.Token);
        return new DeployedAccount(emulator, account, deployment, await deployment.OutputsAsync(patience.Token));
    }
}
