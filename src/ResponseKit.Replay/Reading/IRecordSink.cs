using System.Runtime.InteropServices;

namespace ResponseKit.Replay.Reading;

/// <summary>Receives the records that may matter. Called from several threads at the same time.</summary>
internal interface IRecordSink
{
    /// <summary>Takes a record; what it throws ends the reading.</summary>
    /// <param name="json">One JSON object, as it was written; valid only during the call. Nobody has parsed it.</param>
    /// <param name="place">Where it was found.</param>
    void Accept(ReadOnlySpan<byte> json, in RecordPlace place);
}

/// <summary>Where a record was found.</summary>
/// <param name="File">The file, as it was named or found in a named folder; "-" for standard input.</param>
/// <param name="Index">How many records, or other objects in their place, come before it in the file.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecordPlace(string File, long Index);
