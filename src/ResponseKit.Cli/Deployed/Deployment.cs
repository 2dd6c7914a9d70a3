using Amazon.DynamoDBv2;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Stores;

namespace ResponseKit.Cli.Deployed;

/// <summary>A deployment of ResponseKit, as the tool's user may use it.</summary>
internal sealed class Deployment : IDisposable
{
    private readonly AWSCredentials? credentials;
    private readonly ClientSettings settings;
    private readonly string region;
    private readonly AmazonDynamoDBClient dynamo;

    /// <summary>Finds it; calls nothing yet.</summary>
    /// <param name="credentials">Credentials; null for AWS's usual chain.</param>
    /// <param name="region">Its region.</param>
    /// <param name="serviceUrl">An endpoint instead of AWS's own; null for AWS.</param>
    /// <param name="table">The name of its table.</param>
    public Deployment(AWSCredentials? credentials, string region, string? serviceUrl, string table)
    {
        this.credentials = credentials;
        this.region = region;
        settings = new ClientSettings { ServiceUrl = serviceUrl, MaxRetries = 3 };
        var config = settings.For(new AmazonDynamoDBConfig(), region);
        dynamo = credentials is null ? new AmazonDynamoDBClient(config) : new AmazonDynamoDBClient(credentials, config);
        var store = new StoreTable(dynamo, table);
        Cases = new DynamoCaseStore(store, TimeProvider.System);
        Control = new DynamoControlStore(store);
        Approvals = new DynamoApprovalStore(store);
        Receipts = new DynamoReceiptStore(store);
    }

    /// <summary>The incidents.</summary>
    public ICaseStore Cases { get; }

    /// <summary>The kill switch.</summary>
    public IControlStore Control { get; }

    /// <summary>What persons are asked.</summary>
    public IApprovalStore Approvals { get; }

    /// <summary>What actions did.</summary>
    public IReceiptStore Receipts { get; }

    /// <summary>Lambda where the functions are.</summary>
    public AmazonLambdaClient Lambda()
    {
        var config = settings.For(new AmazonLambdaConfig(), region);
        return credentials is null ? new AmazonLambdaClient(config) : new AmazonLambdaClient(credentials, config);
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
            return Environment.UserName;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => dynamo.Dispose();
}
