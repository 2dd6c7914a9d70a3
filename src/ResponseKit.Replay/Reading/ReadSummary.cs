using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ResponseKit.Replay.Reading;

/// <summary>What could not be read, wholly or in part; what came before the damage was.</summary>
/// <param name="File">The file or folder, as it was named or found in a named folder.</param>
/// <param name="Reason">Why, in one line that is safe to show, without a full stop.</param>
internal sealed record SkippedInput(string File, string Reason);

/// <summary>What was read.</summary>
/// <param name="Files">Files that were opened.</param>
/// <param name="Records">Records that were found, those that are too large included.</param>
/// <param name="Candidates">Records that were handed over.</param>
/// <param name="Bytes">Bytes as on the disk, so compressed ones where files are compressed.</param>
/// <param name="Skipped">What could not be read, by path.</param>
internal sealed record ReadSummary(int Files, long Records, long Candidates, long Bytes, ImmutableArray<SkippedInput> Skipped);

/// <summary>How far reading has come.</summary>
/// <param name="FilesDone">Files read to their end or to their damage.</param>
/// <param name="Files">Files to read.</param>
/// <param name="BytesDone">Bytes read, as on the disk.</param>
/// <param name="Bytes">Bytes to read, as on the disk; standard input is not counted.</param>
/// <param name="Records">Records found so far.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ReadProgress(int FilesDone, int Files, long BytesDone, long Bytes, long Records);
