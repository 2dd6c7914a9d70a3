using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>
/// Why EC2 turned a launch away that was allowed and well formed. Source: Amazon EC2 API Reference, "Error codes for the Amazon EC2 API".
/// </summary>
/// <param name="Weight">What the failure of an ordinary launch weighs: machines run out of capacity every day, accounts are seldom blocked.</param>
/// <param name="Description">The reason, for a sentence.</param>
internal sealed record LaunchObstacle(int Weight, string Description)
{
    private static readonly LaunchObstacle Quota = new(4, "the quota was reached");
    private static readonly LaunchObstacle Account = new(5, "the account may not launch it yet");
    private static readonly LaunchObstacle Capacity = new(0, "there was no capacity");
    private static readonly LaunchObstacle Region = new(2, "it is not offered there");

    /// <summary>The obstacle, or null when the call ended otherwise: well, by a refusal, a mistake, or throttling.</summary>
    public static LaunchObstacle? Of(CallOutcome outcome) => outcome is CallOutcome.Failed(var code)
        ? WithoutSide(code) switch
        {
            "VcpuLimitExceeded" or "InstanceLimitExceeded" or "MaxSpotInstanceCountExceeded" or "MaxSpotFleetRequestCountExceeded" => Quota,
            "PendingVerification" or "OptInRequired" or "Blocked" => Account,
            "InsufficientInstanceCapacity" or "InsufficientCapacity" or "InsufficientHostCapacity" or "InsufficientReservedInstanceCapacity"
                or "InsufficientCapacityOnHost" or "ReservationCapacityExceeded" => Capacity,
            "Unsupported" or "UnsupportedOperation" => Region,
            _ => null,
        }
        : null;

    /// <summary>Whether AWS had no machine to give: rights and quota were there, so that it says nothing about the caller.</summary>
    public bool IsShortage => this == Capacity;

    // Whose fault it was stands in front: "Client.VcpuLimitExceeded", "Server.InsufficientInstanceCapacity".
    private static string WithoutSide(string code) =>
        code.StartsWith("Client.", StringComparison.Ordinal) || code.StartsWith("Server.", StringComparison.Ordinal) ? code["Client.".Length..] : code;
}
