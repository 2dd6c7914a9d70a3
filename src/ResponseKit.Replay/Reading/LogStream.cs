using System.Buffers;

namespace ResponseKit.Replay.Reading;

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

    /// <summary>Opens a file for a look at it.</summary>
    public static LogStream Open(string path) => new(OpenFile(path));

    /// <summary>Opens a file.</summary>
    public static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Mode = FileMode.Open,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    });

    /// <summary>Whether it begins as gzip does (RFC 1952, 2.3.1).</summary>
    public bool IsPacked => StartsWith([0x1F, 0x8B]);

    /// <summary>Whether it begins as a ZIP archive does (APPNOTE.TXT, 4.3.7 and 4.3.16).</summary>
    public bool IsZip => StartsWith("PK\u0003\u0004"u8) || StartsWith("PK\u0005\u0006"u8);

    /// <summary>The text: uncompressed when it begins as gzip does, whatever the file's name; else as it is.</summary>
    /// <param name="reopen">Opens the same file once more; null where that cannot be.</param>
    public Stream Decompress(Func<LogStream>? reopen) => IsPacked ? new GzipText(this, reopen) : this;

    /// <summary>Whether nothing is left to be read.</summary>
    public bool IsAtEnd() => from == to && !Fill();

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
