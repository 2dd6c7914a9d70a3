using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.InteropServices;
using ResponseKit.Detections.Costs;
using ResponseKit.Detections.Ec2;
using ResponseKit.Records;
using ResponseKit.Sharing;
using ResponseKit.Text;

namespace ResponseKit.Correlation.Novelty;

/// <summary>Reads from a record what may be usual for its actor or not. Values are coarse: an actor moves within a provider's network and updates its tools.</summary>
public static class Traits
{
    private const int MaxFamilies = 8;

    private static readonly SharedValues<Trait[]> Known = new(new SameTraits());
    private static readonly RecentTexts<string?> Networks = new(ReadNetwork);
    private static readonly RecentTexts<string?> Agents = new(ReadAgent);
    private static readonly ImmutableArray<string> Hours = [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))];

    /// <summary>
    /// The traits of a record. A call that AWS made on somebody's behalf says nothing about where he is or what he uses, and a detector's finding is no
    /// call at all.
    /// </summary>
    public static ImmutableArray<Trait> Of(CloudTrailRecord record)
    {
        if (record.EventSource is ServiceEvent.GuardDuty or ServiceEvent.Health)
            return [];
        var traits = new List<Trait>(8);
        if (!IsGlobal(record.EventSource))
            traits.Add(new(TraitKind.Region, record.Region));
        if (!record.Identity["invokedBy"].IsPresent)
        {
            if (NetworkOf(record.SourceAddress) is { } network)
                traits.Add(new(TraitKind.Network, network));
            if (AgentOf(record.UserAgent) is { } agent)
                traits.Add(new(TraitKind.Agent, agent));
        }

        traits.Add(new(TraitKind.Service, Printable.Of(record.EventSource)));
        foreach (var family in FamiliesOf(record))
            traits.Add(new(TraitKind.Family, family));
        if (SpendOf(record) is { } spend)
            traits.Add(new(TraitKind.Spend, spend));
        traits.Add(new(TraitKind.Hour, Hours[record.Time.UtcDateTime.Hour]));
        return ImmutableCollectionsMarshal.AsImmutableArray(Known.Of([.. traits]));
    }

    /// <summary>The first half of an IPv4 address, the first third of an IPv6 one: roughly a provider; a service's name as it is; null for anything else.</summary>
    public static string? NetworkOf(string? address) => string.IsNullOrEmpty(address) ? null : Networks.Of(address);

    /// <summary>The program's name, without versions: <c>aws-cli</c>, <c>Boto3</c>, <c>Mozilla</c>; null where none was recorded.</summary>
    public static string? AgentOf(string? userAgent) => userAgent is null ? null : Agents.Of(userAgent);

    private static string? ReadNetwork(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return address.EndsWith(".amazonaws.com", StringComparison.Ordinal) ? Printable.Of(address) : null;
        var bytes = (parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed).GetAddressBytes();
        return parsed.AddressFamily == AddressFamily.InterNetwork || parsed.IsIPv4MappedToIPv6
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes[0]}.{bytes[1]}.0.0/16")
            : string.Create(CultureInfo.InvariantCulture, $"{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}::/32");
    }

    private static string? ReadAgent(string userAgent)
    {
        var text = userAgent.AsSpan().Trim().TrimStart('[');
        var end = text.IndexOfAny("/ ;(]");
        var name = (end < 0 ? text : text[..end]).ToString();
        return name.Length == 0 ? null : Printable.Of(name, 40);
    }

    // IAM and its like are recorded in one region whatever the caller's is (CloudTrail User Guide, "Global service events").
    private static bool IsGlobal(string eventSource) => eventSource is "iam.amazonaws.com" or "sts.amazonaws.com" or "organizations.amazonaws.com"
        or "signin.amazonaws.com" or "cloudfront.amazonaws.com" or "route53.amazonaws.com" or "health.amazonaws.com";

    private static string[] FamiliesOf(CloudTrailRecord record) => record.EventSource == "ec2.amazonaws.com" && record.EventName is
        "RunInstances" or "RequestSpotInstances" or "RequestSpotFleet" or "CreateFleet" or "CreateLaunchTemplate" or "CreateLaunchTemplateVersion"
        ? [.. LaunchOrder.Of(record).Types.Select(type => Printable.Of(type.Split('.')[0], 20)).Distinct(StringComparer.Ordinal).Take(MaxFamilies)]
        : [];

    // Of a launch that took effect, in powers of two, from a dollar on: coarse like the others.
    private static string? SpendOf(CloudTrailRecord record)
    {
        if (record.EventSource != "ec2.amazonaws.com" || record.EventName is not ("RunInstances" or "RequestSpotInstances" or "RequestSpotFleet" or "CreateFleet") || !record.Outcome.TookEffect)
            return null;
        var order = LaunchOrder.Of(record);
        return Prices.Cheapest(order.Types, out _) * order.Count is { } usd and >= 1
            ? BitOperations.RoundUpToPowerOf2((ulong)Math.Ceiling(Math.Min(usd, 1_000_000m))).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private sealed class SameTraits : IEqualityComparer<Trait[]>
    {
        public bool Equals(Trait[]? one, Trait[]? other) => one.AsSpan().SequenceEqual(other);

        public int GetHashCode([DisallowNull] Trait[] traits)
        {
            var hash = default(HashCode);
            foreach (var trait in traits)
                hash.Add(trait.Value, StringComparer.Ordinal);
            return hash.ToHashCode();
        }
    }
}
