using System.Buffers;

namespace ResponseKit.Replay.Reading;

/// <summary>Takes a piece of text; false when no more is wanted.</summary>
internal delegate bool TextTaker(ReadOnlySpan<byte> bytes);

/// <summary>
/// Moves text from a stream to whoever takes it, through one buffer that a reader keeps for all its files. When other readers are out
/// of work, one of them decompresses the rest of a large file meanwhile.
/// </summary>
internal sealed class TextPump(SpareReaders spare) : IDisposable
{
    // Small enough to be still in the processor's cache when it is looked at.
    private const int BlockBytes = 128 * 1024;

    // Of a shorter text the rest is not worth another thread.
    private const int BlocksAlone = 32;

    private readonly byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);

    /// <summary>Moves all there is, or all that is wanted.</summary>
    /// <returns>Why the stream could not be read to its end; null when it could.</returns>
    public Exception? Run(Stream text, TextTaker take, CancellationToken cancellationToken)
    {
        for (var blocks = 0; blocks < BlocksAlone || !spare.TryTake(); blocks++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!TryRead(text, block.AsSpan(0, BlockBytes), out var count, out var failure))
                return failure;
            if (count == 0 || !take(block.AsSpan(0, count)))
                return null;
        }

        try
        {
            using var ahead = new ReadAhead(text, BlockBytes);
            return ahead.Run(take, cancellationToken);
        }
        finally
        {
            spare.Give();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(block);

    /// <summary>Reads a piece; false when the stream is damaged.</summary>
    internal static bool TryRead(Stream text, Span<byte> block, out int count, out Exception? failure)
    {
        (count, failure) = (0, null);
        try
        {
            count = text.Read(block);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            failure = error;
            return false;
        }
    }
}
