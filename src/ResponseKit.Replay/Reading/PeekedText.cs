using System.Buffers;
using ResponseKit.Replay.Archives;

namespace ResponseKit.Replay.Reading;

/// <summary>A text of which the beginning can be looked at before it is read.</summary>
internal sealed class PeekedText(Stream inner) : TextStream
{
    /// <summary>How much of it can be looked at.</summary>
    public const int MostPeeked = 4096;

    private byte[] first = ArrayPool<byte>.Shared.Rent(MostPeeked);
    private Exception? failure;
    private bool isPeeked;
    private int from;
    private int to;

    /// <summary>The beginning; all of the text if it is short, less where it is damaged.</summary>
    public ReadOnlySpan<byte> First()
    {
        while (!isPeeked)
        {
            isPeeked = !TextPump.TryRead(inner, first.AsSpan(to, MostPeeked - to), out var count, out failure) || count == 0 || (to += count) == MostPeeked;
        }

        return first.AsSpan(from, to - from);
    }

    /// <exception cref="IOException">The text cannot be read on.</exception>
    /// <exception cref="InvalidDataException">The text is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (from < to)
        {
            var count = Math.Min(buffer.Length, to - from);
            first.AsSpan(from, count).CopyTo(buffer);
            from += count;
            return count;
        }

        return failure is { } known ? throw known : inner.Read(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && first.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(first);
            (first, from, to) = ([], 0, 0);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
