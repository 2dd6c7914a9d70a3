using System.Collections.Immutable;
using System.Globalization;

namespace ResponseKit.Heartbeats;

/// <summary>What is known of an account's heartbeats.</summary>
/// <param name="Account">The account.</param>
/// <param name="FirstSeen">When it was first asked for one.</param>
/// <param name="Nonce">The number of the last ones.</param>
/// <param name="Sent">When these were sent.</param>
public sealed record AccountPulse(string Account, DateTimeOffset FirstSeen, string Nonce, DateTimeOffset Sent)
{
    /// <summary>
    /// How long one may take. Ninety-nine of a hundred events come within a minute and a half; services deliver as well as they can (EventBridge User Guide,
    /// "AWS service events").
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>How long a new account may be silent: StackSets brings roles and rules into it meanwhile.</summary>
    public static readonly TimeSpan Arrival = TimeSpan.FromMinutes(60);

    /// <summary>When the last one came back, by region; those of <see cref="Sent"/> only.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Back { get; init; } = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>When any last came back before, by region.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Heard { get; init; } = ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>What people were told of, by region.</summary>
    public ImmutableSortedDictionary<string, string> Troubles { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Whether the last ones had time enough to come back, so that silence means something.</summary>
    public bool IsDue(DateTimeOffset now) => now - Sent >= Grace;

    /// <summary>Whether the account is so new that its roles and rules may not be there yet.</summary>
    public bool IsArriving(DateTimeOffset now) => Back.IsEmpty && Heard.IsEmpty && now - FirstSeen < Arrival;

    /// <summary>What is wrong with a region's heartbeats; null when nothing is. The same silence is always the same text.</summary>
    public string? SilenceOf(string region) => Back.ContainsKey(region) ? null
        : Heard.TryGetValue(region, out var last) ? $"no heartbeat has come back since {last.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"
        : "no heartbeat has ever come back";

    /// <summary>The account when it is asked again.</summary>
    public AccountPulse Next(string nonce, DateTimeOffset now) => this with
    {
        Nonce = nonce,
        Sent = now,
        Heard = Heard.SetItems(Back),
        Back = Back.Clear(),
    };
}
