using System.Buffers;
using System.IO.Compression;

namespace ResponseKit.Cli.Replay.Reading;

/// <summary>The bytes of a file as on the disk: counted, read in large pieces, and with a look at the first ones.</summary>
internal sealed class LogStream(Stream inner) : Stream
{
    private const int BufferBytes = 128 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int from;
    private int to;

    /// <summary>How many bytes were taken from the file.</summary>
    public long Taken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static LogStream Open(string path) => new(new FileStream(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Mode = FileMode.Open,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    }));

    /// <summary>The text: uncompressed when it begins as gzip does (RFC 1952, 2.3.1), whatever the file's name; else as it is.</summary>
    public Stream Decompress() => StartsWith([0x1F, 0x8B]) ? new GZipStream(this, CompressionMode.Decompress, leaveOpen: true) : this;

    public bool StartsWith(ReadOnlySpan<byte> bytes)
    {
        while (to - from < bytes.Length && Fill())
        {
        }

        return buffer.AsSpan(from, to - from).StartsWith(bytes);
    }

    public override int Read(Span<byte> destination)
    {
        if (from == to && destination.Length >= BufferBytes)
            return Counted(inner.Read(destination));
        if (from == to && !Fill())
            return 0;
        var count = Math.Min(destination.Length, to - from);
        buffer.AsSpan(from, count).CopyTo(destination);
        from += count;
        return count;
    }

    public override int Read(byte[] destination, int offset, int count) => Read(destination.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] source, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            (buffer, from, to) = ([], 0, 0);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        if (from == to)
            (from, to) = (0, 0);
        var count = Counted(inner.Read(buffer, to, buffer.Length - to));
        to += count;
        return count > 0;
    }

    private int Counted(int count)
    {
        Taken += count;
        return count;
    }
}
