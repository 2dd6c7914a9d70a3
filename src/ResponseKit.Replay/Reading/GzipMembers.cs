using System.Buffers.Binary;
using System.IO.Compression;
using ResponseKit.Replay.Archives;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// The text of the members of a gzip file, one behind the other (RFC 1952, 2.2), each checked. It knows where each ends, since the bytes are given out singly; that takes some
/// time, so that it is only used where <see cref="GzipText"/> finds reason to.
/// </summary>
internal sealed class GzipMembers(LogStream file) : TextStream
{
    private const int FixedHeader = 10;
    private const byte HasHeaderSum = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private static readonly uint[] Sums = [.. Enumerable.Range(0, 256).Select(SumOf)];

    private readonly OneByOne bytes = new(file);
    private DeflateStream? member;
    private bool isFirst = true;
    private uint sum;
    private uint length;

    /// <summary>How many bytes of the file were taken.</summary>
    public long Taken => file.Taken;

    /// <exception cref="InvalidDataException">A member is damaged or cut off.</exception>
    /// <exception cref="UnreadableException">Something else follows a member.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (member is not null || Begin())
        {
            var count = member!.Read(buffer);
            if (count > 0 || buffer.IsEmpty)
            {
                Add(buffer[..count]);
                return count;
            }

            End();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            member?.Dispose();
            bytes.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static uint SumOf(int start)
    {
        var value = (uint)start;
        for (var bit = 0; bit < 8; bit++)
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        return value;
    }

    private bool Begin()
    {
        // Tapes and some tools fill up with zeros.
        while (!isFirst && file.StartsWith([0]))
            Skip(1);
        if (file.IsAtEnd())
            return false;
        if (!file.StartsWith([0x1F, 0x8B]))
            throw new UnreadableException("something that is not compressed data follows the compressed data, or a later part of it is damaged; that was not read");
        SkipHeader();
        (member, isFirst, sum, length) = (new DeflateStream(bytes, CompressionMode.Decompress, leaveOpen: true), false, uint.MaxValue, 0);
        return true;
    }

    private void SkipHeader()
    {
        Span<byte> header = stackalloc byte[FixedHeader];
        Exactly(header);
        var flags = header[3];
        if ((flags & HasExtra) != 0)
        {
            Exactly(header[..2]);
            Skip(BinaryPrimitives.ReadUInt16LittleEndian(header));
        }

        if ((flags & HasName) != 0)
            SkipText();
        if ((flags & HasComment) != 0)
            SkipText();
        if ((flags & HasHeaderSum) != 0)
            Skip(2);
    }

    private void End()
    {
        member!.Dispose();
        member = null;
        Span<byte> trailer = stackalloc byte[8];
        Exactly(trailer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(trailer) != ~sum || BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) != length)
            throw new InvalidDataException("The check sum is wrong.");
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        foreach (var one in text)
            sum = Sums[(byte)(sum ^ one)] ^ (sum >> 8);
        length = unchecked(length + (uint)text.Length);
    }

    private void SkipText()
    {
        Span<byte> one = stackalloc byte[1];
        do
            Exactly(one);
        while (one[0] != 0);
    }

    private void Skip(int count)
    {
        Span<byte> one = stackalloc byte[1];
        for (; count > 0; count--)
            Exactly(one);
    }

    private void Exactly(Span<byte> wanted)
    {
        if (file.ReadAtLeast(wanted, wanted.Length, throwOnEndOfStream: false) < wanted.Length)
            throw new InvalidDataException("It is cut off.");
    }

    /// <summary>Gives bytes out singly, so that whoever reads takes none that it does not use.</summary>
    private sealed class OneByOne(LogStream inner) : TextStream
    {
        public override int Read(Span<byte> buffer) => buffer.IsEmpty ? 0 : inner.Read(buffer[..1]);
    }
}
