using System.Collections.Concurrent;

namespace ResponseKit.Replay.Reading;

/// <summary>Decompresses a text on another thread while it is looked at on this one; a few blocks go round between the two.</summary>
internal sealed class ReadAhead(Stream text, int blockBytes) : IDisposable
{
    private const int Blocks = 4;

    private readonly BlockingCollection<byte[]> empty = new(new ConcurrentQueue<byte[]>(Enumerable.Range(0, Blocks).Select(_ => new byte[blockBytes])));
    private readonly BlockingCollection<(byte[] Block, int Count)> full = [];

    /// <summary>Moves what there is of the text, or what is wanted.</summary>
    /// <returns>Why the stream could not be read to its end; null when it could.</returns>
    public Exception? Run(TextTaker take, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var filling = Task.Factory.StartNew(() => Fill(stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var (block, count) in full.GetConsumingEnumerable(cancellationToken))
            {
                if (!take(block.AsSpan(0, count)))
                    return null;
                empty.Add(block, CancellationToken.None);
            }

            return filling.GetAwaiter().GetResult();
        }
        finally
        {
            // The stream is the caller's again only when nobody reads it any more.
            stop.Cancel();
            filling.GetAwaiter().GetResult();
        }
    }

    public void Dispose()
    {
        empty.Dispose();
        full.Dispose();
    }

    private Exception? Fill(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var block = empty.Take(cancellationToken);
                if (!TextPump.TryRead(text, block, out var count, out var failure) || count == 0)
                    return failure;
                full.Add((block, count), CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            full.CompleteAdding();
        }
    }
}
