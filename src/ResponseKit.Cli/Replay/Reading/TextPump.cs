using System.Buffers;

namespace ResponseKit.Cli.Replay.Reading;

/// <summary>Takes a piece of text; false when no more is wanted.</summary>
internal delegate bool TextTaker(ReadOnlySpan<byte> bytes);

/// <summary>Moves text from a stream to whoever takes it, through one buffer that a reader keeps for all its files.</summary>
internal sealed class TextPump : IDisposable
{
    // Small enough to be still in the processor's cache when it is looked at.
    private const int BlockBytes = 128 * 1024;

    private readonly byte[] block = ArrayPool<byte>.Shared.Rent(BlockBytes);

    /// <summary>Moves all there is, or all that is wanted.</summary>
    /// <returns>Why the stream could not be read to its end; null when it could.</returns>
    public Exception? Run(Stream text, TextTaker take, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count;
            try
            {
                count = text.Read(block, 0, BlockBytes);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                return error;
            }

            if (count == 0 || !take(block.AsSpan(0, count)))
                return null;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(block);
}
