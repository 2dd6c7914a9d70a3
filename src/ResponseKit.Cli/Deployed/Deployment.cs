using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Stores;
using ResponseKit.Deployment;

namespace ResponseKit.Cli.Deployed;

/// <summary>A deployment of ResponseKit, as the tool's user may use it.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly AWSCredentials? credentials;
    private readonly ClientSettings settings;
    private readonly string region;
    private readonly AmazonDynamoDBClient dynamo;

    private Deployment(AWSCredentials? credentials, string region, ClientSettings settings, string table)
    {
        (this.credentials, this.region, this.settings, Table) = (credentials, region, settings, table);
        var config = settings.For(new AmazonDynamoDBConfig(), region);
        dynamo = credentials is null ? new AmazonDynamoDBClient(config) : new AmazonDynamoDBClient(credentials, config);
        var store = new StoreTable(dynamo, table);
        Cases = new DynamoCaseStore(store, TimeProvider.System);
        Control = new DynamoControlStore(store);
        Approvals = new DynamoApprovalStore(store);
        Receipts = new DynamoReceiptStore(store);
    }

    /// <summary>The name of its table.</summary>
    public string Table { get; }

    /// <summary>The incidents.</summary>
    public ICaseStore Cases { get; }

    /// <summary>The kill switch.</summary>
    public IControlStore Control { get; }

    /// <summary>What persons are asked.</summary>
    public IApprovalStore Approvals { get; }

    /// <summary>What actions did.</summary>
    public IReceiptStore Receipts { get; }

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
        if (table is null)
        {
            using var lambda = Lambda(credentials, region, client);
            table = await TableAsync(lambda, cancellationToken);
        }

        return new(credentials, region, client, table);
    }

    /// <summary>Lambda where the functions are.</summary>
    public AmazonLambdaClient Lambda() => Lambda(credentials, region, settings);

    private static AmazonLambdaClient Lambda(AWSCredentials? credentials, string region, ClientSettings settings)
    {
        var config = settings.For(new AmazonLambdaConfig(), region);
        return credentials is null ? new AmazonLambdaClient(config) : new AmazonLambdaClient(credentials, config);
    }

    private static async Task<string> TableAsync(AmazonLambdaClient lambda, CancellationToken cancellationToken)
    {
        var triage = DeployedNames.Function(FunctionIds.Triage);
        try
        {
            var found = await lambda.GetFunctionAsync(new GetFunctionRequest { FunctionName = triage }, cancellationToken);
            return found.Configuration?.Environment?.Variables?.GetValueOrDefault(FunctionVariables.Table)
                ?? throw new DeploymentException($"The function '{triage}' of this account and region names no table. Name the deployment's table with --table.");
        }
        catch (ResourceNotFoundException)
        {
            throw new DeploymentException(
                $"There is no deployment in this account and region: no function '{triage}'. Name the deployment's with --region and --profile, or its table with --table.");
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

    /// <inheritdoc/>
    public void Dispose() => dynamo.Dispose();
}
