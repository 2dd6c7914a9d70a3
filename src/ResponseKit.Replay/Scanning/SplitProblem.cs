namespace ResponseKit.Replay.Scanning;

/// <summary>Why text cannot be read to its end.</summary>
/// <param name="Byte">Where, counted from 0 in the text (of a compressed file: in what was compressed).</param>
/// <param name="Record">How many records came before.</param>
/// <param name="What">What is wrong there, without a full stop.</param>
internal sealed record SplitProblem(long Byte, long Record, string What)
{
    /// <summary>One line that is safe to show.</summary>
    public override string ToString() => $"{What}: byte {Byte}, after {Record} records";
}
