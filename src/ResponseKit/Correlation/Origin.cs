using System.Net;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>From where a call came, and with which program: by it two calls of different identities are told to be of the same hands.</summary>
/// <param name="Address">The IP address.</param>
/// <param name="Agent">The program's name without versions. Chosen by the caller, so it never clears anybody by itself.</param>
public sealed record Origin(string Address, string Agent)
{
    /// <summary>That of a record; null for calls that a service made, and where no address was recorded.</summary>
    public static Origin? Of(CloudTrailRecord record) =>
        record.SourceAddress is { } address && !Delegation.IsByService(record) && IPAddress.TryParse(address, out _)
            ? new(address, Traits.AgentOf(record.UserAgent) ?? "")
            : null;
}
