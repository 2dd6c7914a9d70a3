using System.Collections.Concurrent;
using Amazon.AutoScaling;
using Amazon.CloudTrail;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.EventBridge;
using Amazon.IdentityManagement;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.Scheduler;

namespace ResponseKit.Aws.Accounts;

/// <summary>The AWS clients of one account entered with one set of credentials; one client a service and region, made when first asked for.</summary>
public sealed class AwsClients : IDisposable
{
    private readonly ConcurrentDictionary<(Type Service, string Region), Lazy<AmazonServiceClient>> clients = new();
    private readonly AWSCredentials credentials;
    private readonly ClientSettings settings;

    /// <summary>Makes clients with these credentials; nothing is sent until a client is used.</summary>
    public AwsClients(AWSCredentials credentials, string account, ClientSettings settings)
    {
        CallAttempts.Prepare();
        this.credentials = credentials;
        this.settings = settings;
        Account = account;
    }

    /// <summary>The account that the credentials belong to.</summary>
    public string Account { get; }

    /// <summary>IAM, which has one endpoint a partition; the region only tells which partition.</summary>
    public IAmazonIdentityManagementService Iam(string region) =>
        Client(region, () => new AmazonIdentityManagementServiceClient(credentials, settings.For(new AmazonIdentityManagementServiceConfig(), region)));

    /// <summary>EC2 in a region.</summary>
    public IAmazonEC2 Ec2(string region) => Client(region, () => new AmazonEC2Client(credentials, settings.For(new AmazonEC2Config(), region)));

    /// <summary>EC2 Auto Scaling in a region.</summary>
    public IAmazonAutoScaling AutoScaling(string region) =>
        Client(region, () => new AmazonAutoScalingClient(credentials, settings.For(new AmazonAutoScalingConfig(), region)));

    /// <summary>CloudTrail in a region.</summary>
    public IAmazonCloudTrail CloudTrail(string region) =>
        Client(region, () => new AmazonCloudTrailClient(credentials, settings.For(new AmazonCloudTrailConfig(), region)));

    /// <summary>ECS in a region.</summary>
    public IAmazonECS Ecs(string region) => Client(region, () => new AmazonECSClient(credentials, settings.For(new AmazonECSConfig(), region)));

    /// <summary>Lambda in a region.</summary>
    public IAmazonLambda Lambda(string region) => Client(region, () => new AmazonLambdaClient(credentials, settings.For(new AmazonLambdaConfig(), region)));

    /// <summary>EventBridge in a region.</summary>
    public IAmazonEventBridge EventBridge(string region) =>
        Client(region, () => new AmazonEventBridgeClient(credentials, settings.For(new AmazonEventBridgeConfig(), region)));

    /// <summary>EventBridge Scheduler in a region.</summary>
    public IAmazonScheduler Scheduler(string region) =>
        Client(region, () => new AmazonSchedulerClient(credentials, settings.For(new AmazonSchedulerConfig(), region)));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients.Values.Where(client => client.IsValueCreated))
            client.Value.Dispose();
    }

    private TClient Client<TClient>(string region, Func<TClient> make)
        where TClient : AmazonServiceClient =>
        (TClient)clients.GetOrAdd((typeof(TClient), region), _ => new Lazy<AmazonServiceClient>(make)).Value;
}
