namespace ResponseKit.Replay.Reading;

/// <summary>Says what of a text was left out. Nothing that was read for nothing is passed over.</summary>
internal static class TextProblems
{
    /// <summary>What was left out; null when nothing was.</summary>
    public static string? Of(TextReading reading, RecordRelay relay)
    {
        var parts = new[] { reading.Problem, reading.TooLargeProblem, Broken(relay), Others(relay), Nothing(reading, relay) }.OfType<string>().ToList();
        return parts.Count == 0 ? null : string.Join("; ", parts);
    }

    private static string? Broken(RecordRelay relay) =>
        relay.BrokenTexts == 0 ? null : $"{relay.BrokenTexts} records in it are cut off, damaged, or nested too deep";

    private static string? Others(RecordRelay relay) => relay switch
    {
        { Others: 0 } => null,
        { Records: 0 } => $"it holds no CloudTrail records but {relay.FirstOther}",
        _ => $"{relay.Others} things in it hold no CloudTrail record and were left out; the first is of {relay.FirstOther}",
    };

    private static string? Nothing(TextReading reading, RecordRelay relay) => relay switch
    {
        _ when relay.Records > 0 || relay.Others > 0 || relay.BrokenTexts > 0 || reading.TooLarge > 0 || reading.Problem is not null => null,
        // A log in which nothing happened; a digest, which vouches for log files and holds no records.
        _ when reading.HasList || relay.HasDigest => null,
        _ => reading.Offset == 0 ? "it is empty" : "it holds no CloudTrail records",
    };
}
