using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Emulator;

/// <summary>
/// What fails by chance in one account. Whether a call is hit follows from the seed, what it is, and how many such calls came before, so the same program
/// meets the same faults again.
/// </summary>
/// <param name="Account">The account called into.</param>
/// <param name="Seed">Another seed, other faults.</param>
public sealed record EmulatorChance(string Account, int Seed)
{
    /// <summary>The share of calls that are refused as coming too fast, from 0 to 1.</summary>
    public double Throttle { get; init; }

    /// <summary>The share that is answered with an internal error and has no effect.</summary>
    [JsonPropertyName("http500")]
    public double InternalError { get; init; }

    /// <summary>The share whose connection ends before the call has an effect.</summary>
    public double Drop { get; init; }

    /// <summary>The share whose connection ends after the call took effect.</summary>
    public double Lost { get; init; }

    /// <summary>The share that takes effect and is answered with an internal error.</summary>
    [JsonPropertyName("late500")]
    public double LateError { get; init; }

    /// <summary>The services whose calls may be hit, by signing name; empty for all.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>Access keys whose calls are never hit.</summary>
    [JsonPropertyName("but_keys")]
    public ImmutableArray<string> ButKeys { get; init; } = [];

    /// <summary>Exactly these faults instead of any by chance; null for chance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<InjectedFault>? Repeat { get; init; }
}

/// <summary>One call that was hit.</summary>
/// <param name="Service">The service's signing name.</param>
/// <param name="Action">The API operation.</param>
/// <param name="Region">The region called.</param>
/// <param name="Nth">Which such call of the account in that region it was, counted from 1.</param>
/// <param name="Kind">What happened to it.</param>
public sealed record InjectedFault(string Service, string Action, string Region, int Nth, EmulatorFaultKind Kind)
{
    /// <summary>Some faults as text that <see cref="Parse"/> reads: what a failing test says, to be tried again.</summary>
    public static string Write(IEnumerable<InjectedFault> faults) => JsonSerializer.Serialize(faults, JsonSerializerOptions.Web);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ImmutableArray<InjectedFault> Parse(string text) => JsonSerializer.Deserialize<ImmutableArray<InjectedFault>>(text, JsonSerializerOptions.Web);
}
