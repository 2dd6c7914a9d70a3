using System.Collections.Immutable;
using Amazon.DynamoDBv2;
using Amazon.IdentityManagement.Model;
using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.SecurityToken;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Emulator;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Running;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests.Reliability;

/// <summary>
/// One campaign and its response, carried through by the production handlers in this process with the production stores, while AWS fails by chance: all calls of the
/// functions are hit, those to DynamoDB, KMS and STS too; those of the attack and of the test are not.
/// </summary>
internal sealed class FaultyResponse : IDisposable
{
    private const string Region = SmallCampaign.Region;
    private const string Functions = "ResponseKitFunctions";
    private const int MostDeliveries = 40;
    private const int MostStarts = 20;
    private readonly EmulatorFixture emulator;
    private readonly SmallCampaign campaign;

    private FaultyResponse(EmulatorFixture emulator, TestAccount account)
    {
        this.emulator = emulator;
        Account = account;
        campaign = new SmallCampaign(account);
    }

    public TestAccount Account { get; }

    /// <summary>The account before the response.</summary>
    public ImmutableSortedDictionary<string, string> Before { get; private set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The account after it.</summary>
    public ImmutableSortedDictionary<string, string> After { get; private set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What was made to go wrong.</summary>
    public ImmutableArray<InjectedFault> Injected { get; private set; } = [];

    /// <summary>The reports that the response's rounds ended with; null for one that broke off each time.</summary>
    public ImmutableArray<ResponseReport?> Reports { get; private set; } = [];

    /// <summary>The receipts that are kept.</summary>
    public IReadOnlyList<ActionReceipt> Receipts { get; private set; } = [];

    /// <summary>The calls by which the responder changed something in the account.</summary>
    public ImmutableArray<JournalCall> Changes { get; private set; } = [];

    /// <summary>Carries it through.</summary>
    /// <param name="emulator">The emulated AWS.</param>
    /// <param name="chance">What goes wrong, given the account; null for nothing.</param>
    public static async Task<FaultyResponse> RunAsync(EmulatorFixture emulator, Func<string, EmulatorChance>? chance)
    {
        var one = new FaultyResponse(emulator, emulator.NewAccount());
        var key = await one.campaign.PrepareAsync();
        var services = await one.ServicesAsync();
        var since = (await emulator.Control.RecordsAsync(0, one.Account.Id, CancellationToken.None)).Next;
        await one.campaign.AttackAsync(key);
        one.Before = await one.campaign.StateAsync();
        var records = (await emulator.Control.RecordsAsync(since, one.Account.Id, CancellationToken.None)).Records;
        if (chance is not null)
            await emulator.Control.BeginChanceAsync(chance(one.Account.Id) with { ButKeys = ["AKIAROOT" + one.Account.Id] }, CancellationToken.None);
        var began = await one.Account.JournalEndAsync();
        await one.RespondAsync(services, [.. records.Where(IsDelivered).Select(record => TriageJson.Envelop(record))]);
        one.Injected = await emulator.Control.EndChanceAsync(one.Account.Id, CancellationToken.None);
        one.After = await one.campaign.StateAsync();
        one.Receipts = one.Reports.FirstOrDefault() is { } report ? await services.Receipts.OfIncidentAsync(report.Incident, CancellationToken.None) : [];
        one.Changes =
        [
            .. (await one.Account.JournalAsync(began)).Where(call => call.Principal?.Contains(":assumed-role/ResponseKitResponder/", StringComparison.Ordinal) == true
                && call.Succeeded && !ApiCalls.IsRead(call.Call) && call.Fault is null or "lost" or "late500"),
        ];
        return one;
    }

    public void Dispose() => Account.Dispose();

    // As EventBridge and Lambda do: what failed is delivered again, the dead letters too.
    private async Task RespondAsync(FunctionServices services, ImmutableArray<byte[]> events)
    {
        var settings = new RunnerSettings { Pause = TimeSpan.FromMilliseconds(20), MaxLooks = 25 };
        var starter = new Restarting(services, settings, MostStarts);
        var triage = new TriageFunction(services, starter);
        foreach (var one in events)
        {
            for (var delivery = 1; ; delivery++)
            {
                try
                {
                    await triage.HandleAsync(one, CancellationToken.None);
                    break;
                }
                catch (Exception error) when (error is not OutOfMemoryException && delivery < MostDeliveries)
                {
                    // The next delivery follows.
                }
            }
        }

        Reports = [.. await starter.WhenEndedAsync()];
    }

    private static bool IsDelivered(System.Text.Json.JsonElement record) =>
        RecordParser.Parse(record) is ParseResult.Parsed(var parsed) && Observer.Selectors.Any(selector => selector.Accepts(parsed));

    private async Task<FunctionServices> ServicesAsync()
    {
        var iam = Account.Admin.Iam(Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = Functions });
        const string everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = Functions, PolicyName = "functions", PolicyDocument = everything });
        var made = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = Functions })).AccessKey;
        var role = new ResponderRole();
        var trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{Account.Id}}:user/{{Functions}}"},"Action":"sts:AssumeRole"}]}""";
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = role.Name, AssumeRolePolicyDocument = trust });
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role.Name, PolicyName = "administrator", PolicyDocument = everything });
        await StoreTables.CreateAsync(emulator, Account);
        var (_, sealKey) = await StoreTables.SealKeyAsync(emulator, Account);
        await Account.EnforceIamAsync();
        var credentials = new BasicAWSCredentials(made.AccessKeyId, made.SecretAccessKey);
        // So few that many calls fail for good.
        var settings = emulator.Settings with { MaxRetries = 1 };
        var seal = new StateSeal(new KmsSealRoot(new AmazonKeyManagementServiceClient(credentials, settings.For(new AmazonKeyManagementServiceConfig(), Region)), sealKey, "responsekit"), TimeProvider.System);
        var table = new StoreTable(new AmazonDynamoDBClient(credentials, settings.For(new AmazonDynamoDBConfig(), Region)), "responsekit") { Seal = seal };
        var policy = new ResponsePolicy
        {
            Mode = ResponseMode.Enforce,
            Guards = new GuardSettings
            {
                ProtectedPrincipals = [ArnPattern.Parse($"arn:aws:iam::{Account.Id}:user/{SmallCampaign.Protected}")],
                ResponsekitRoles = [ArnPattern.Parse($"arn:aws:iam::{Account.Id}:role/{role.Name}")],
            },
        };
        return new FunctionServices
        {
            Policy = policy,
            Accounts = new AssumedAccountAccess(new AmazonSecurityTokenServiceClient(credentials, settings.For(new AmazonSecurityTokenServiceConfig(), Region)), role, settings),
            Receipts = new DynamoReceiptStore(table),
            Cases = new DynamoCaseStore(table, TimeProvider.System, policy),
            Control = new DynamoControlStore(table),
            Ledgers = new DynamoLedgerStore(table),
            Approvals = new DynamoApprovalStore(table),
            Allowances = new DynamoAllowanceStore(table),
            Dismissals = new DynamoDismissalStore(table, TimeProvider.System),
            Seal = seal,
        };
    }
}
