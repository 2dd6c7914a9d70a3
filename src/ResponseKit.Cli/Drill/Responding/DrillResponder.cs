using System.Collections.Immutable;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using ResponseKit.Aws.Accounts;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Cli.Drill.Estate;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Emulator;
using ResponseKit.Functions;
using ResponseKit.Functions.Steps;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Response.Running;
using ResponseKit.Response.Stores;

namespace ResponseKit.Cli.Drill.Responding;

/// <summary>ResponseKit as it is deployed, with the production handlers in this process: triage, an action function each, and what carries the response through.</summary>
internal sealed class DrillResponder : IDrillResponse
{
    /// <summary>The principal that the functions run as; it may do nothing but enter the responder role.</summary>
    public const string FunctionsUser = "ResponseKitFunctions";

    /// <summary>The role by which accounts are entered.</summary>
    public const string ResponderRole = "ResponseKitResponder";

    private static readonly TimeSpan FunctionTime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);
    private readonly InProcessStarter starter;
    private readonly TriageFunction triage;
    private readonly FunctionServices services;
    private readonly Timeline timeline;
    private readonly TimeProvider time;
    private RecordFeed? feed;
    private volatile bool ended;

    private DrillResponder(FunctionServices services, MemoryReceiptStore receipts, BasicAWSCredentials credentials, Timeline timeline, TimeProvider time)
    {
        Receipts = receipts;
        Credentials = credentials;
        this.timeline = timeline;
        this.time = time;
        this.services = services;
        var settings = new RunnerSettings { Pause = TimeSpan.FromSeconds(2) };
        starter = new InProcessStarter(services, new InProcessInvoker(services, FunctionTime), settings, new ResponseTeller(timeline));
        triage = new TriageFunction(services, starter);
    }

    /// <summary>What was done so far.</summary>
    public MemoryReceiptStore Receipts { get; }

    /// <summary>What the functions sign with.</summary>
    public BasicAWSCredentials Credentials { get; }

    /// <summary>The incident; null while none is open.</summary>
    public string? Incident { get; private set; }

    /// <summary>What the responses did; empty until they ended.</summary>
    public ImmutableArray<ResponseReport> Reports { get; private set; } = [];

    /// <summary>Nothing: it needs nothing of AWS but the APIs that it calls.</summary>
    public ImmutableArray<NotEmulated> NotEmulated => [];

    public static async Task<DrillResponder> SetUpAsync(
        DrillAccount account, string region, ResponseMode mode, Timeline timeline, TimeProvider time, CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = FunctionsUser }, cancellationToken);
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = FunctionsUser }, cancellationToken)).AccessKey;
        await iam.PutUserPolicyAsync(
            new PutUserPolicyRequest
            {
                UserName = FunctionsUser,
                PolicyName = "enter",
                PolicyDocument = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::{{DrillAccount.Id}}:role/{{ResponderRole}}"}]}""",
            },
            cancellationToken);
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{DrillAccount.Id}}:user/{{FunctionsUser}}"},"Action":"sts:AssumeRole"}]}""";
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = ResponderRole, AssumeRolePolicyDocument = trust }, cancellationToken);
        await iam.AttachRolePolicyAsync(new AttachRolePolicyRequest { RoleName = ResponderRole, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" }, cancellationToken);
        var credentials = new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey);
        var receipts = new MemoryReceiptStore();
        return new DrillResponder(ServicesFor(account.Settings, credentials, region, mode, receipts, time), receipts, credentials, timeline, time);
    }

    /// <summary>The services of the functions, on the emulated account.</summary>
    public static FunctionServices ServicesFor(
        ClientSettings settings, AWSCredentials credentials, string region, ResponseMode mode, MemoryReceiptStore receipts, TimeProvider time) => new()
        {
            Policy = new ResponsePolicy
            {
                Mode = mode,
                Guards = new GuardSettings
                {
                    Responders = [ArnPattern.Parse(ForensicHold.RoleArn)],
                    ResponsekitRoles = [ArnPattern.Parse($"arn:aws:iam::{DrillAccount.Id}:role/{ResponderRole}")],
                    // The drill's attack is bigger than what may be destroyed unasked by default when it is scaled up.
                    MaxInstancesPerIncident = 100_000,
                    MaxResourcesPerIncident = 100_000,
                },
            },
            Accounts = new AssumedAccountAccess(
                new AmazonSecurityTokenServiceClient(credentials, settings.For(new AmazonSecurityTokenServiceConfig(), region)), new ResponderRole { Name = ResponderRole }, settings),
            Receipts = receipts,
            Cases = new MemoryCaseStore(),
            Control = new MemoryControlStore(),
            Time = time,
        };

    /// <summary>Events are those of records from now on.</summary>
    public async Task BeginAsync(EmulatorControl control, CancellationToken cancellationToken) => feed = await RecordFeed.FromNowAsync(control, cancellationToken);

    /// <summary>Hands triage one event after the other as they come, until told to stop.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        var records = feed ?? throw new InvalidOperationException("Not begun.");
        for (var last = false; ; last = ended)
        {
            var events = await records.NextAsync(cancellationToken);
            foreach (var one in events)
                Tell(await triage.HandleAsync(one, cancellationToken));
            if (last && events.IsEmpty)
            {
                // What came last may have opened another round.
                Reports = await starter.WhenEndedAsync(cancellationToken);
                return;
            }

            if (events.IsEmpty)
                await Task.Delay(Poll, time, cancellationToken);
        }
    }

    /// <summary>Waits until the responses have come to rest.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        Reports = await starter.WhenEndedAsync(cancellationToken);
        ended = true;
    }

    /// <summary>All that is known of the incident at the end; null when none was opened.</summary>
    public async Task<IncidentDossier?> DossierAsync(CancellationToken cancellationToken) =>
        Incident is { } id && await services.Cases.FindAsync(id, cancellationToken) is { } record && Reports.LastOrDefault(report => report.Incident == id) is { } report
            ? await new DossierReader(services, new RunnerSettings()).OfAsync(record, report, error: null, cancellationToken)
            : null;

    public Task<PlannedResponse> PlannedAsync(CancellationToken cancellationToken)
    {
        var requests = Reports.SelectMany(report => report.Actions.Select(action => action.Request).Concat(report.Held.Select(held => held.Request)));
        var failures = Reports.SelectMany(report => report.Actions)
            .Where(action => action.Result is not ActionResult.Answered { Receipt.Status: ReceiptStatus.Planned or ReceiptStatus.AlreadyInPlace })
            .Select(action => $"{action.ActionId}: {action.Result.Message}");
        return Task.FromResult(new PlannedResponse([.. requests.SelectMany(request => request.Targets)], [.. failures]));
    }

    public ValueTask DisposeAsync()
    {
        starter.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Tell(TriageAnswer answer)
    {
        if (!answer.StartedResponse && answer.Outcome != TriageOutcome.NotResponding)
            return;
        Incident = answer.Incident;
        timeline.Responder($"opens incident {answer.Incident}");
        foreach (var line in (answer.Verdict?.Explanation.ToString() ?? answer.Message).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            timeline.Responder("  " + line);
    }
}
