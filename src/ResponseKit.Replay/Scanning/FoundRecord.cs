namespace ResponseKit.Replay.Scanning;

/// <summary>A JSON object that stands where records stand, as it was found in the text. Valid only while it is handed over.</summary>
internal readonly ref struct FoundRecord
{
    /// <summary>The object, from its opening to its closing brace.</summary>
    public required ReadOnlySpan<byte> Json { get; init; }

    /// <summary>How many such objects came before it in the same text.</summary>
    public required long Index { get; init; }

    /// <summary>False when there is no backslash in it; true when there may be one.</summary>
    public required bool MayHaveEscapes { get; init; }

    /// <summary>Whether it stands in the array <c>Records</c> of a log file, and not by itself.</summary>
    public required bool IsInLog { get; init; }
}

/// <summary>Takes records as they are found.</summary>
internal interface IRecordReceiver
{
    void Receive(in FoundRecord found);
}
