using System.Net;
using System.Net.Sockets;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Records;

namespace ResponseKit.Correlation;

/// <summary>From where a call came, and with which program: by it two calls of different identities are told to be of the same hands.</summary>
/// <param name="Address">The IP address.</param>
/// <param name="Agent">The program's name without versions. Chosen by the caller, so it never clears anybody by itself.</param>
public sealed record CallSource(string Address, string Agent)
{
    /// <summary>
    /// Whether both are of one place: the same address, or the same program on a neighbouring one, as a provider gives them: the first 24 bits of an IPv4 address,
    /// the first 48 of an IPv6 one.
    /// </summary>
    public bool IsNear(CallSource other) => Address == other.Address
        || (Agent == other.Agent && Agent.Length > 0 && IPAddress.TryParse(Address, out var mine) && IPAddress.TryParse(other.Address, out var its)
            && mine.AddressFamily == its.AddressFamily
            && mine.GetAddressBytes().AsSpan(0, Neighbours(mine)).SequenceEqual(its.GetAddressBytes().AsSpan(0, Neighbours(its))));

    private static int Neighbours(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6;

    /// <summary>That of a record; null for calls that a service made, and where no address was recorded.</summary>
    public static CallSource? Of(CloudTrailRecord record) =>
        record.SourceAddress is { } address && !Delegation.IsByService(record) && IPAddress.TryParse(address, out _)
            ? new(address, Traits.AgentOf(record.UserAgent) ?? "")
            : null;
}
