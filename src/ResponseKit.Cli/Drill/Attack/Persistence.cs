using Amazon.ECS.Model;
using Amazon.Runtime;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>The attacker does not stop because somebody looks: with every credential he holds he goes on making clusters until he is refused.</summary>
internal sealed class Persistence(AttackContext context, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Goes on until every credential was refused, or until told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(context.Loot.Credentials.Select(pair => GoOnAsync(pair.Key, pair.Value, cancellationToken)));

    private async Task GoOnAsync(string what, AWSCredentials credentials, CancellationToken cancellationToken)
    {
        using var clients = context.Account.Enter(credentials);
        var region = context.Size.Regions[^1];
        try
        {
            while (true)
            {
                var name = context.RandomName(12);
                await clients.Aws.Ecs(region).CreateClusterAsync(new CreateClusterRequest { ClusterName = name }, cancellationToken);
                context.Loot.Clusters.Add((region, name));
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
        catch (AmazonServiceException error)
        {
            context.Timeline.Attacker($"tries to go on with {what}: {error.ErrorCode}");
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
    }
}
