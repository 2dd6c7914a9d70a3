using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ResponseKit.Correlation.Novelty;

/// <summary>
/// A baseline as a file: plain JSON, sorted, so that two of them can be compared line by line. Days are dates, times are in UTC and to the second.
/// </summary>
public static class BaselineFile
{
    private const string Format = "responsekit-baseline-1";

    /// <summary>Writes a baseline.</summary>
    public static string Write(Baseline baseline) => JsonSerializer.Serialize(
        new FileContent(Format, new(baseline.Actors.ToDictionary(actor => actor.Key, actor => Content(actor.Value)), StringComparer.Ordinal)),
        BaselineJson.Default.FileContent) + "\n";

    /// <summary>Reads a baseline; null, and what is wrong, when the text is none.</summary>
    public static Baseline? Read(string text, out string problem)
    {
        problem = "";
        try
        {
            if (JsonSerializer.Deserialize(text, BaselineJson.Default.FileContent) is { Format: Format, Actors: { } actors })
                return new(actors.ToImmutableDictionary(actor => actor.Key, actor => History(actor.Value), StringComparer.Ordinal));
            problem = $"it is no baseline: its format is not \"{Format}\"";
        }
        catch (JsonException error)
        {
            problem = $"line {error.LineNumber + 1}: it is no baseline";
        }

        return null;
    }

    /// <summary>One actor's history as JSON.</summary>
    public static byte[] WriteHistory(ActorHistory history) => JsonSerializer.SerializeToUtf8Bytes(Content(history), BaselineJson.Default.HistoryContent);

    /// <summary>One actor's history from JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ActorHistory ReadHistory(ReadOnlySpan<byte> json) =>
        History(JsonSerializer.Deserialize(json, BaselineJson.Default.HistoryContent) ?? throw new JsonException("A history is missing."));

    private static HistoryContent Content(ActorHistory history) => new(
        [.. history.Days.Select(day => new DateOnly(1, 1, 1).AddDays(day))],
        new(history.Seen.GroupBy(pair => pair.Key.Kind).ToDictionary(
            kind => kind.Key,
            kind => new SortedDictionary<string, ImmutableArray<DateTime>>(
                kind.ToDictionary(pair => pair.Key.Value, pair => ImmutableArray.Create(Second(pair.Value.First), Second(pair.Value.Last))), StringComparer.Ordinal))));

    private static ActorHistory History(HistoryContent content) => new(
        [.. content.Days.Select(day => day.DayNumber)],
        content.Seen
            .SelectMany(kind => kind.Value, (kind, value) => KeyValuePair.Create(new Trait(kind.Key, value.Key), SpanOf(value.Value)))
            .ToImmutableDictionary());

    private static Span SpanOf(ImmutableArray<DateTime> times) => times is [var first, var last] && first <= last
        ? new(Utc(first), Utc(last))
        : throw new JsonException("A trait has a first and a last time.");

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static DateTime Second(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
}

/// <summary>The file.</summary>
internal sealed record FileContent(string Format, SortedDictionary<string, HistoryContent> Actors);

/// <summary>One actor in it.</summary>
internal sealed record HistoryContent(ImmutableArray<DateOnly> Days, SortedDictionary<TraitKind, SortedDictionary<string, ImmutableArray<DateTime>>> Seen);

/// <summary>What the compiler generates for it.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FileContent))]
[JsonSerializable(typeof(HistoryContent))]
internal sealed partial class BaselineJson : JsonSerializerContext;
