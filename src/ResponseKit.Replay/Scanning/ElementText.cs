using System.Buffers;

namespace ResponseKit.Replay.Scanning;

/// <summary>The text of the object that is being read: a slice of the bytes at hand, or a copy when it began in earlier ones.</summary>
internal sealed class ElementText(int maxBytes) : IDisposable
{
    private byte[] carried = [];
    private int length;
    // Where in the bytes at hand the text begins, or goes on.
    private int from;

    /// <summary>Whether there was more of it than is kept; then nothing of it is.</summary>
    public bool IsTooLong { get; private set; }

    public void BeginAt(int position) => (from, length, IsTooLong) = (position, 0, false);

    /// <summary>The text so far, up to this position of the bytes at hand; empty when it is too long.</summary>
    public ReadOnlySpan<byte> Until(ReadOnlySpan<byte> bytes, int end)
    {
        if (length == 0 && !IsTooLong && end - from <= maxBytes)
            return bytes[from..end];
        Carry(bytes, end);
        return carried.AsSpan(0, length);
    }

    /// <summary>Keeps what there is of the text: other bytes will be at hand.</summary>
    public void Keep(ReadOnlySpan<byte> bytes)
    {
        Carry(bytes, bytes.Length);
        from = 0;
    }

    public void Dispose()
    {
        if (carried.Length > 0)
            ArrayPool<byte>.Shared.Return(carried);
        carried = [];
    }

    private void Carry(ReadOnlySpan<byte> bytes, int end)
    {
        var more = bytes[from..end];
        from = end;
        IsTooLong |= length + more.Length > maxBytes;
        if (IsTooLong)
        {
            length = 0;
            return;
        }

        MakeRoomFor(length + more.Length);
        more.CopyTo(carried.AsSpan(length));
        length += more.Length;
    }

    private void MakeRoomFor(int size)
    {
        if (size <= carried.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(4096, Math.Min(maxBytes, Math.Max(size, 2 * carried.Length))));
        carried.AsSpan(0, length).CopyTo(larger);
        Dispose();
        carried = larger;
    }
}
