using Amazon.DynamoDBv2;
using Amazon.EventBridge;
using Amazon.KeyManagementService;
using Amazon.Lambda.Core;
using Amazon.Organizations;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;
using Amazon.StepFunctions;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions;
using ResponseKit.Aws.Evidence;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Aws.Identity;
using ResponseKit.Aws.Notifications;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Deployment;
using ResponseKit.Functions.Steps;
using ResponseKit.Functions.Sweeping;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Running;

namespace ResponseKit.Functions.Hosting;

/// <summary>Makes the function that the settings ask for, and hands it Lambda's invocations.</summary>
/// <param name="variable">The value of an environment variable; null when it is not set.</param>
internal sealed class FunctionHost(Func<string, string?> variable)
{
    private const string OutOfTime =
        " The function's time ran out before the response came to rest; what was done stands and has its receipts. The actor's next event, five minutes on or later, takes it up again.";

    private static readonly AsyncLocal<ILambdaLogger?> Logger = new();
    private Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> function = (_, _, _) => throw new InvalidOperationException("Not initialized.");
    private string id = "";

    /// <summary>Reads the settings and makes the function; what is wrong with them is thrown, for the runtime to report.</summary>
    public Task<bool> InitializeAsync()
    {
        var settings = FunctionSettings.Read(variable);
        id = settings.Function;
        var services = Services(settings);
        var steps = new ResponseSteps(services, new RunnerSettings { Pause = settings.Pause });
        function = settings.Function switch
        {
            FunctionSettings.Triage => Triage(settings, services),
            FunctionSettings.Plan => new PlanFunction(steps).HandleAsync,
            FunctionSettings.Approval => new ApprovalFunction(services, Waker(settings)).HandleAsync,
            FunctionSettings.Look => new LookFunction(steps).HandleAsync,
            FunctionSettings.Report => new ReportFunction(steps).HandleAsync,
            FunctionIds.Sweep => Sweep(settings, services),
            FunctionIds.Undo => new UndoFunction(services).HandleAsync,
            _ => Action(settings, services),
        };
        return Task.FromResult(true);
    }

    /// <summary>Handles one invocation.</summary>
    public async Task<Stream> HandleAsync(Stream input, ILambdaContext context)
    {
        Logger.Value = context.Logger;
        using var payload = new MemoryStream();
        await input.CopyToAsync(payload);
        // Whatever a function does, its calls end before Lambda ends the process, which would tell nobody why.
        var (given, budget) = (context.RemainingTime, new TimeBudget(context.RemainingTime, TimeProvider.System));
        using var deadline = new CancellationTokenSource(budget.ForHost);
        try
        {
            return new MemoryStream(await function(payload.ToArray(), given, deadline.Token));
        }
        catch (OperationCanceledException error) when (deadline.IsCancellationRequested || budget.ForWork == TimeSpan.Zero)
        {
            throw new OutOfTimeException(id, given, error);
        }
    }

    private static Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> Action(FunctionSettings settings, FunctionServices services) =>
        new ActionFunction(ActionCatalogue.Find(settings.Function)!, services).HandleAsync;

    private static Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> Triage(FunctionSettings settings, FunctionServices services)
    {
        if (settings.Response != ResponseCarrier.InProcess)
        {
            IResponseStarter starter = settings.Response == ResponseCarrier.StateMachine ? StateMachine(settings) : new NoStarter();
            return async (payload, _, cancellationToken) => TriageJson.Write(await new TriageFunction(services, starter).HandleAsync(payload, cancellationToken));
        }

        var invoker = new InProcessInvoker(services, Timeout.InfiniteTimeSpan);
        return async (payload, remaining, cancellationToken) =>
        {
            // Lambda freezes the process between invocations, so the response must end within this one.
            using var responses = new InProcessStarter(services, invoker, new RunnerSettings { Pause = settings.Pause }, new Progress<ResponseEvent>());
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(new TimeBudget(remaining, services.Time).ForWork);
            var answer = await new TriageFunction(services, responses).HandleAsync(payload, end.Token);
            try
            {
                await responses.WhenEndedAsync(end.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                answer = answer with { Message = answer.Message + OutOfTime };
                services.Log.Write(LogSeverity.Error, "response.broken-off", ("incident", answer.Incident), ("message", answer.Message));
            }

            return TriageJson.Write(answer);
        };
    }

    private static Func<ReadOnlyMemory<byte>, TimeSpan, CancellationToken, Task<byte[]>> Sweep(FunctionSettings settings, FunctionServices services)
    {
        var sweep = settings.Sweep!;
        // Organizations has one endpoint a partition; the region only tells which partition.
        var clients = new ClientSettings { ServiceUrl = settings.ServiceUrl };
        IWatchedAccounts accounts = sweep.Units.IsEmpty
            ? new GivenAccounts(sweep.Accounts)
            : new OrganizationAccounts(new AmazonOrganizationsClient(clients.For(new AmazonOrganizationsConfig(), settings.Region)), sweep.Units, sweep.Accounts);
        var hub = sweep.Hub is { } places ? new HubVisit(new AmazonEventBridgeClient(clients.For(new AmazonEventBridgeConfig(), settings.Region)), places) : null;
        return new SweepFunction(services, sweep, services.Heartbeats!, accounts, hub).HandleAsync;
    }

    private static StepFunctionsStarter StateMachine(FunctionSettings settings)
    {
        var clients = new ClientSettings { ServiceUrl = settings.ServiceUrl };
        // The state machine's own region, whichever triage runs in.
        var config = clients.For(new AmazonStepFunctionsConfig(), settings.StateMachine.Split(':')[3]);
        return new StepFunctionsStarter(new AmazonStepFunctionsClient(config), settings.StateMachine);
    }

    private static StepFunctionsWaker Waker(FunctionSettings settings) =>
        new(new AmazonStepFunctionsClient(new ClientSettings { ServiceUrl = settings.ServiceUrl }.For(new AmazonStepFunctionsConfig(), settings.Region)));

    private static FunctionServices Services(FunctionSettings settings)
    {
        var clients = new ClientSettings { ServiceUrl = settings.ServiceUrl };
        var sts = new AmazonSecurityTokenServiceClient(clients.For(new AmazonSecurityTokenServiceConfig(), settings.Region));
        var dynamo = new AmazonDynamoDBClient(clients.For(new AmazonDynamoDBConfig(), settings.Region));
        var log = new FunctionLog(Write);
        var seal = new StateSeal(Kms(settings), TimeProvider.System);
        var bare = new StoreTable(dynamo, settings.Table) { Seal = seal };
        INotifier notifier = settings.Topic.Length == 0 ? new NoNotifier() : Sns(settings, bare);
        var table = bare with { Watch = new StateNotices(seal, notifier, log, TimeProvider.System) };
        return new FunctionServices
        {
            Policy = settings.Policy,
            Accounts = new AssumedAccountAccess(sts, settings.Role, clients),
            Receipts = new DynamoReceiptStore(table),
            Cases = new DynamoCaseStore(table, TimeProvider.System, settings.Policy),
            Control = new DynamoControlStore(table),
            Ledgers = new DynamoLedgerStore(table),
            Approvals = new DynamoApprovalStore(table),
            Allowances = new DynamoAllowanceStore(table),
            Dismissals = new DynamoDismissalStore(table, TimeProvider.System),
            Baselines = new DynamoBaselineStore(table, settings.Baseline),
            Seal = seal,
            Identity = new CallerIdentity(settings.Region, settings.ServiceUrl, TimeProvider.System),
            Deployment = AnswerText.Deployment(settings.SealKey, settings.Table),
            Notifier = notifier,
            Evidence = settings.EvidenceBucket.Length == 0 ? new NoEvidence() : S3(settings, clients),
            Heartbeats = new DynamoHeartbeatStore(table),
            ResponderRole = settings.Role.Name,
            Log = log,
        };
    }

    // Containing an identity waits for this where the key cannot be used.
    private static KmsSealRoot Kms(FunctionSettings settings)
    {
        var clients = new ClientSettings { ServiceUrl = settings.ServiceUrl, MaxRetries = 2, Timeout = TimeSpan.FromSeconds(3) };
        var config = clients.For(new AmazonKeyManagementServiceConfig(), settings.SealKey.Split(':')[3]);
        return new KmsSealRoot(new AmazonKeyManagementServiceClient(config), settings.SealKey, settings.Table);
    }

    private static SnsNotifier Sns(FunctionSettings settings, StoreTable table)
    {
        // Telling is worth a few seconds, and no more.
        var clients = new ClientSettings { ServiceUrl = settings.ServiceUrl, MaxRetries = 2, Timeout = TimeSpan.FromSeconds(4) };
        var config = clients.For(new AmazonSimpleNotificationServiceConfig(), settings.Topic.Split(':')[3]);
        return new SnsNotifier(new AmazonSimpleNotificationServiceClient(config), settings.Topic, table, TimeProvider.System) { Second = settings.AlarmTopic };
    }

    private static S3EvidenceStore S3(FunctionSettings settings, ClientSettings clients)
    {
        var config = clients.For(new AmazonS3Config(), settings.Region);
        // An endpoint of one's own has no names for buckets below it.
        config.ForcePathStyle = settings.ServiceUrl is not null;
        return new S3EvidenceStore(new AmazonS3Client(config), settings.EvidenceBucket);
    }

    private static void Write(LogSeverity severity, string line)
    {
        switch (severity)
        {
            case LogSeverity.Error:
                Logger.Value?.LogError(line);
                break;
            case LogSeverity.Warning:
                Logger.Value?.LogWarning(line);
                break;
            default:
                Logger.Value?.LogInformation(line);
                break;
        }
    }
}
