using Amazon.DynamoDBv2;
using Amazon.KeyManagementService;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Identity;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Deployment;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Cli.Deployed;

/// <summary>A deployment of ResponseKit, as the tool's user may use it.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly AWSCredentials? credentials;
    private readonly ClientSettings settings;
    private readonly string region;
    private readonly AmazonDynamoDBClient dynamo;
    private static readonly string Triage = DeployedNames.Function(FunctionIds.Triage);

    private Deployment(AWSCredentials? credentials, string region, ClientSettings settings, string table, string? sealKey)
    {
        (this.credentials, this.region, this.settings, Table) = (credentials, region, settings, table);
        var config = settings.For(new AmazonDynamoDBConfig(), region);
        dynamo = credentials is null ? new AmazonDynamoDBClient(config) : new AmazonDynamoDBClient(credentials, config);
        Seal = new StateSeal(sealKey is null ? new NoSealRoot("The deployment's triage function names no seal key.") : new KmsSealRoot(Kms(sealKey), sealKey, table), TimeProvider.System);
        Name = sealKey is null ? null : AnswerText.Deployment(sealKey, table);
        var store = new StoreTable(dynamo, table) { Seal = Seal };
        Cases = new DynamoCaseStore(store, TimeProvider.System);
        Control = new DynamoControlStore(store);
        Approvals = new DynamoApprovalStore(store);
        Allowances = new DynamoAllowanceStore(store);
        Receipts = new DynamoReceiptStore(store);
        Dismissals = new DynamoDismissalStore(store, TimeProvider.System);
        Ledgers = new DynamoLedgerStore(store);
        Baselines = new DynamoBaselineStore(store, Baseline.Empty);
    }

    /// <summary>The name of its table.</summary>
    public string Table { get; }

    /// <summary>What tells whether something was kept by ResponseKit, where the user may use its key.</summary>
    public StateSeal Seal { get; }

    /// <summary>What it is called in what people sign; null when its key of seals is not known.</summary>
    public string? Name { get; }

    /// <summary>The incidents.</summary>
    public ICaseStore Cases { get; }

    /// <summary>The kill switch.</summary>
    public IControlStore Control { get; }

    /// <summary>What persons are asked.</summary>
    public IApprovalStore Approvals { get; }

    /// <summary>What persons have allowed to whom was braked.</summary>
    public IAllowanceStore Allowances { get; }

    /// <summary>What actions did.</summary>
    public IReceiptStore Receipts { get; }

    /// <summary>Which evidence counts no more.</summary>
    public IDismissalStore Dismissals { get; }

    /// <summary>How far responses are.</summary>
    public ILedgerStore Ledgers { get; }

    /// <summary>What is usual for whom, as the deployment has learnt it.</summary>
    public IBaselineStore Baselines { get; }

    /// <summary>An incident as lists show it.</summary>
    public async Task<IncidentSummary> SummaryAsync(IncidentRecord record, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(record, await Approvals.OfAsync(record.Incident.Id, cancellationToken), now)
        {
            End = Response.Dismissals.Of(record.Incident, await Dismissals.OfAsync(record.Incident.Id, cancellationToken)).OfRound(record.Round),
        };

    /// <summary>Finds it: its table is the one that its triage function works with.</summary>
    /// <param name="credentials">Credentials; null for AWS's usual chain.</param>
    /// <param name="region">Its region.</param>
    /// <param name="serviceUrl">An endpoint instead of AWS's own; null for AWS.</param>
    /// <param name="table">The name of its table; null to look for it.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="DeploymentException">There is none.</exception>
    public static async Task<Deployment> FindAsync(AWSCredentials? credentials, string region, string? serviceUrl, string? table, CancellationToken cancellationToken)
    {
        var client = new ClientSettings { ServiceUrl = serviceUrl, MaxRetries = 3 };
        using var lambda = Lambda(credentials, region, client);
        if (table is not null)
            return new(credentials, region, client, table, await SealKeyAsync(lambda, cancellationToken));
        var variables = await VariablesAsync(lambda, cancellationToken);
        return new(credentials, region, client, TableIn(variables), variables.GetValueOrDefault(FunctionVariables.SealKey));
    }

    /// <summary>Lambda where the functions are.</summary>
    public AmazonLambdaClient Lambda() => Lambda(credentials, region, settings);

    private static AmazonLambdaClient Lambda(AWSCredentials? credentials, string region, ClientSettings settings)
    {
        var config = settings.For(new AmazonLambdaConfig(), region);
        return credentials is null ? new AmazonLambdaClient(config) : new AmazonLambdaClient(credentials, config);
    }

    private AmazonKeyManagementServiceClient Kms(string sealKey)
    {
        var config = (settings with { MaxRetries = 2 }).For(new AmazonKeyManagementServiceConfig(), sealKey.Split(':') is [_, _, _, { Length: > 0 } of, ..] ? of : region);
        return credentials is null ? new AmazonKeyManagementServiceClient(config) : new AmazonKeyManagementServiceClient(credentials, config);
    }

    private static string TableIn(IReadOnlyDictionary<string, string> variables) => variables.GetValueOrDefault(FunctionVariables.Table)
        ?? throw new DeploymentException($"The function '{Triage}' of this account and region names no table. Name the deployment's table with --table.");

    // Whoever names the table may have no right to see the functions; then nothing can be verified, and that is said.
    private static async Task<string?> SealKeyAsync(AmazonLambdaClient lambda, CancellationToken cancellationToken)
    {
        try
        {
            return (await VariablesAsync(lambda, cancellationToken)).GetValueOrDefault(FunctionVariables.SealKey);
        }
        catch (Exception error) when (error is DeploymentException or AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> VariablesAsync(AmazonLambdaClient lambda, CancellationToken cancellationToken)
    {
        try
        {
            var found = await lambda.GetFunctionAsync(new GetFunctionRequest { FunctionName = Triage }, cancellationToken);
            return found.Configuration?.Environment?.Variables ?? [];
        }
        catch (ResourceNotFoundException)
        {
            throw new DeploymentException(
                $"There is no deployment in this account and region: no function '{Triage}'. Name the deployment's with --region and --profile, or its table with --table.");
        }
    }

    /// <summary>Who the tool's user is to AWS: the caller's ARN, or the name at this machine where AWS does not say.</summary>
    public async Task<string> CallerAsync(CancellationToken cancellationToken)
    {
        var config = settings.For(new AmazonSecurityTokenServiceConfig(), region);
        using var sts = credentials is null ? new AmazonSecurityTokenServiceClient(config) : new AmazonSecurityTokenServiceClient(credentials, config);
        try
        {
            return (await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken)).Arn;
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            return System.Environment.UserName;
        }
    }

    /// <summary>Signs an answer to a question with the user's credentials, as <see cref="IdentityRequest"/> has it.</summary>
    public async Task<CallerProof> SignAsync(string answer, DateTimeOffset now)
    {
        var signing = credentials ?? DefaultAWSCredentialsIdentityResolver.GetCredentials();
        return IdentityRequest.Sign(await signing.GetCredentialsAsync(), region, IdentityRequest.Endpoint(region, settings.ServiceUrl), answer, now);
    }

    /// <inheritdoc/>
    public void Dispose() => dynamo.Dispose();
}
