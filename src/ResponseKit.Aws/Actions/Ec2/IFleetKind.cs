using System.Text.Json.Nodes;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>A fleet as it was found.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">When it was made, which EC2 writes.</param>
/// <param name="HasEnded">Whether it launches nothing more, because somebody has deleted or cancelled it. Its instances may run on.</param>
/// <param name="TakesInstances">Whether it can only be ended together with its instances. Such a fleet launches nothing by itself.</param>
/// <param name="Evidence">What is worth knowing of it once it is gone.</param>
internal sealed record FoundFleet(string Id, DateTimeOffset? Created, bool HasEnded, bool TakesInstances, JsonObject Evidence);

/// <summary>What differs between EC2 fleets and Spot fleets.</summary>
internal interface IFleetKind
{
    /// <summary>What one is called: "EC2 fleet".</summary>
    string Name { get; }

    /// <summary>The call that ends one, in IAM's spelling.</summary>
    string EndCall { get; }

    /// <summary>The error codes that say that there is no such fleet.</summary>
    IReadOnlyCollection<string> MeansGone { get; }

    /// <summary>The run's target: none where there is no such fleet; null when it could not be read, which is recorded.</summary>
    Task<IReadOnlyList<FoundFleet>?> FindAsync(ActionRun run, CancellationToken cancellationToken);

    /// <summary>The ids of what it launched and runs; null when they could not be read, which is recorded.</summary>
    Task<IReadOnlyList<string>?> LaunchedAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken);

    /// <summary>Ends the fleet, and leaves its instances running wherever AWS can.</summary>
    Task<AmazonWebServiceResponse> EndAsync(ActionRun run, FoundFleet fleet, CancellationToken cancellationToken);
}
