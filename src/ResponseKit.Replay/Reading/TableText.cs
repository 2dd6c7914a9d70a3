using System.Buffers;
using System.Text;
using ResponseKit.Text;

namespace ResponseKit.Replay.Reading;

/// <summary>Rows of cells below a row of names (RFC 4180), whatever separates the cells.</summary>
internal sealed class TableText(byte separator, RecordRelay relay) : TextReading
{
    private const int MostBytes = 4 * JsonInput.MaxBytes;

    private readonly ArrayBufferWriter<byte> cell = new();
    private readonly List<string> cells = [];
    private List<string>? names;
    private State state = State.Begin;
    private long rowBytes;
    private long rows;
    private long offset;
    private long large;
    private long odd;

    private enum State
    {
        /// <summary>Before the first byte of a cell.</summary>
        Begin,

        /// <summary>In a cell without quotation marks.</summary>
        Plain,

        /// <summary>Between quotation marks.</summary>
        Quoted,

        /// <summary>Behind a quotation mark that ends the cell, unless another one follows.</summary>
        Behind,
    }

    public override long Offset => offset;

    public override string? Problem => state == State.Quoted ? $"a cell is not closed: row {rows + 1}"
        : odd > 0 ? $"{odd} rows have another number of cells than the first"
        : null;

    public override long TooLarge => large;

    public override string? TooLargeProblem => large == 0 ? null : $"{large} rows of more than {MostBytes} bytes were left out";

    public override void Read(ReadOnlySpan<byte> bytes)
    {
        if (offset == 0 && bytes.StartsWith("\uFEFF"u8))
        {
            offset = 3;
            bytes = bytes[3..];
        }

        for (var at = 0; at < bytes.Length;)
            at += Step(bytes[at..]);
        offset += bytes.Length;
    }

    public override void End()
    {
        if (state == State.Quoted)
            return;
        if (state != State.Begin || cells.Count > 0)
            EndRow();
    }

    // Takes what needs no second look in one piece, and gives back how much that was.
    private int Step(ReadOnlySpan<byte> bytes)
    {
        switch (state)
        {
            case State.Quoted when bytes[0] != '"':
                var quoted = bytes.IndexOf((byte)'"');
                return Keep(quoted < 0 ? bytes : bytes[..quoted]);
            case State.Quoted:
                state = State.Behind;
                return 1;
            case State.Behind when bytes[0] == '"':
                state = State.Quoted;
                return Keep(bytes[..1]);
            case State.Begin when bytes[0] == '"':
                state = State.Quoted;
                return 1;
            default:
                return Outside(bytes);
        }
    }

    private int Outside(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] == separator)
        {
            EndCell();
            return 1;
        }

        if (bytes[0] is (byte)'\n' or (byte)'\r')
        {
            if (state != State.Begin || cells.Count > 0)
                EndRow();
            return 1;
        }

        state = State.Plain;
        var end = bytes.IndexOfAny(separator, (byte)'\n', (byte)'\r');
        return Keep(end < 0 ? bytes : bytes[..end]);
    }

    private int Keep(ReadOnlySpan<byte> more)
    {
        rowBytes += more.Length;
        if (rowBytes <= MostBytes)
            cell.Write(more);
        return more.Length;
    }

    private void EndCell()
    {
        // Of a row of nothing but separators, too, no more is kept.
        if (++rowBytes <= MostBytes)
            cells.Add(Encoding.UTF8.GetString(cell.WrittenSpan));
        cell.ResetWrittenCount();
        state = State.Begin;
    }

    private void EndRow()
    {
        EndCell();
        if (rowBytes > MostBytes)
            large++;
        else if (names is null)
            names = [.. cells.Select(name => name.Trim())];
        else if (cells.Count != names.Count)
            odd++;
        else
            relay.Row([.. names.Zip(cells)], rows++);
        cells.Clear();
        rowBytes = 0;
    }
}
