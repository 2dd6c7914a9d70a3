using System.Globalization;
using ResponseKit.Replay.Reading;

namespace ResponseKit.Cli.Replay;

/// <summary>Records that could not be read or believed, gathered by file: one line each would drown the report.</summary>
internal sealed class Rejections
{
    private readonly Dictionary<string, (RecordPlace First, string Reason, long Count)> byFile = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    public void Add(in RecordPlace place, string reason)
    {
        Count++;
        byFile[place.File] = byFile.TryGetValue(place.File, out var there)
            ? place.Index < there.First.Index ? (place, reason, there.Count + 1) : there with { Count = there.Count + 1 }
            : (place, reason, 1);
    }

    /// <summary>One entry a file, by name.</summary>
    public IEnumerable<SkippedInput> ToSkipped() => byFile.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new SkippedInput(
        file.Key,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(file.Value.Count == 1 ? "One record was" : $"{file.Value.Count} records were")} left out, "
            + $"the first of them number {file.Value.First.Index + 1}: {file.Value.Reason}")));
}
