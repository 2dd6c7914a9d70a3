using System.Buffers.Binary;
using System.IO.Compression;
using ResponseKit.Replay.Archives;

namespace ResponseKit.Replay.Reading;

/// <summary>
/// The text of a gzip file. The runtime's own stream is fast, but ends in silence where something follows the compressed data that does not begin as such data does: when it has
/// ended, this one makes sure that it was at the end of the file, and else reads on with <see cref="GzipMembers"/>, which says what it cannot read.
/// </summary>
internal sealed class GzipText : TextStream
{
    /// <summary>Text that grows beyond this is looked at: see <see cref="MostGrowth"/>.</summary>
    private const long FreeBytes = 64L * 1024 * 1024;

    /// <summary>How many times as long as its file a text may be. Logs have ten to thirty; what has far more was made to waste time.</summary>
    private const int MostGrowth = 250;

    private const int BlockBytes = 64 * 1024;

    private readonly LogStream file;
    private readonly Func<LogStream>? reopen;
    private GzipMembers? members;
    private readonly GZipStream? fast;
    private long text;

    /// <summary>Begins to read.</summary>
    /// <param name="file">The file, at its beginning.</param>
    /// <param name="reopen">Opens it once more; null where that cannot be, as with standard input, which is read more slowly.</param>
    public GzipText(LogStream file, Func<LogStream>? reopen)
    {
        (this.file, this.reopen) = (file, reopen);
        if (reopen is null)
            members = new GzipMembers(file);
        else
            fast = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <exception cref="InvalidDataException">The data is damaged or cut off.</exception>
    /// <exception cref="UnreadableException">It grows beyond measure, or is followed by something else.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = members?.Read(buffer) ?? fast!.Read(buffer);
        if (count == 0 && !buffer.IsEmpty && members is null && !EndsHere())
        {
            ReadAgain();
            count = members!.Read(buffer);
        }

        text += count;
        if (text > FreeBytes && text / MostGrowth > (members?.Taken ?? file.Taken))
            throw new UnreadableException($"the compressed data grows to more than {MostGrowth} times its size, as no log does; the rest was not read");
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            members?.Dispose();
            fast?.Dispose();
        }

        base.Dispose(disposing);
    }

    // Compressed data ends with the length of its text in four bytes. Where these four stand nowhere but at the end of the file, with at most zeros behind, what was read ended there.
    private bool EndsHere()
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(length, unchecked((uint)text));
        using var raw = reopen!();
        var block = new byte[BlockBytes];
        var kept = 0;
        while (raw.Read(block.AsSpan(kept)) is > 0 and var count)
        {
            var have = block.AsSpan(0, kept + count);
            if (have.IndexOf(length) is >= 0 and var at)
                return !have[(at + length.Length)..].ContainsAnyExcept((byte)0) && OnlyZeros(raw, block);
            kept = Math.Min(have.Length, length.Length - 1);
            have[^kept..].CopyTo(block);
        }

        return false;
    }

    private static bool OnlyZeros(LogStream raw, byte[] block)
    {
        while (raw.Read(block) is > 0 and var count)
        {
            if (block.AsSpan(0, count).ContainsAnyExcept((byte)0))
                return false;
        }

        return true;
    }

    // From the beginning, so that it is known where each member ends, and past the text that was read already.
    private void ReadAgain()
    {
        members = new GzipMembers(reopen!());
        var block = new byte[BlockBytes];
        for (var left = text; left > 0;)
        {
            var count = members.Read(block.AsSpan(0, (int)Math.Min(block.Length, left)));
            if (count == 0)
                throw new UnreadableException("it was changed while it was read");
            left -= count;
        }
    }
}
