using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Replay;
using ResponseKit.Replay.Reading;
using ResponseKit.Rules;

namespace ResponseKit.Cli.Replay;

/// <summary>Takes the records that may matter, from several threads, and puts what is remarkable about them into the case books.</summary>
internal sealed class RecordJudge : IRecordSink, IDisposable
{
    private readonly ReplayOptions options;
    private readonly (ResponsePolicy Policy, CaseBook Book)[] books;
    private readonly HistoryLearner? learner;
    private readonly ThreadLocal<NoteBatch> batches = new(() => new(), trackAllValues: true);
    private readonly Lock gate = new();
    private long notDelivered;
    private long inTime;
    private long outOfTime;

    public RecordJudge(ReplayOptions options)
    {
        this.options = options;
        books = [.. new[] { options.Policy, options.WhatIf?.Policy }.OfType<ResponsePolicy>().Select(policy => (policy, new CaseBook(policy, options.Baseline)))];
        learner = options.LearnTo is null ? null : new HistoryLearner();
    }

    /// <summary>The cases by the policy. To be asked for when everything has been read.</summary>
    public CaseBook Book => Settled(0);

    /// <summary>The cases by the other policy; null when there is none. To be asked for when everything has been read.</summary>
    public CaseBook? WhatIf => books.Length > 1 ? Settled(1) : null;

    /// <summary>What was learned; null when nothing was to be.</summary>
    public HistoryLearner? Learner => learner;

    /// <summary>How many records were left out that something listens to, since the deployment that is assumed would not be brought them.</summary>
    public long NotDelivered => Interlocked.Read(ref notDelivered);

    /// <summary>How many records that something listens to lie within the times that were asked for.</summary>
    public long InTime => Interlocked.Read(ref inTime);

    /// <summary>How many lie outside.</summary>
    public long OutOfTime => Interlocked.Read(ref outOfTime);

    /// <summary>What was no believable record.</summary>
    public Rejections Rejections { get; } = new();

    /// <inheritdoc/>
    public void Accept(ReadOnlySpan<byte> json, in RecordPlace place)
    {
        using var logged = LoggedRecord.Read(json);
        switch (logged.Result)
        {
            case ParseResult.Parsed(var record) when record.Time >= options.From && record.Time < options.To:
                Interlocked.Increment(ref inTime);
                if (options.Reads || RuleDelivery.WithoutReads(record))
                    Take(record);
                else if (Observer.Selectors.Any(selector => selector.Accepts(record)))
                    Interlocked.Increment(ref notDelivered);
                break;
            case ParseResult.Parsed:
                Interlocked.Increment(ref outOfTime);
                break;
            case ParseResult.Rejected(var reason):
                lock (gate)
                    Rejections.Add(place, reason);
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => batches.Dispose();

    private void Take(CloudTrailRecord record)
    {
        var first = Observer.Observe(record, books[0].Policy);
        var second = books.Length > 1 ? Observer.Observe(record, books[1].Policy) : null;
        var traits = learner is not null && Observer.IsJudged(record, options.Policy.Guards) ? Traits.Of(record) : [];
        if (first is null && second is null && traits.IsEmpty)
            return;
        var batch = batches.Value!;
        batch.Add(new(first, second, record.Actor.Key, record.Time, traits));
        // While another thread judges, which may take a tenth of a second, this one goes on reading.
        if (batch.IsFull)
            gate.Enter();
        else if (!batch.IsWorthPassingOn || !gate.TryEnter())
            return;
        try
        {
            PassOn(batch);
            if (Array.Exists(books, book => book.Book.IsFull))
                ForgetOld();
        }
        finally
        {
            gate.Exit();
        }
    }

    // What other threads still hold would come too late afterwards.
    private void ForgetOld()
    {
        foreach (var batch in batches.Values)
            PassOn(batch);
        foreach (var (_, book) in books.Where(book => book.Book.IsFull))
            book.ForgetOld();
    }

    private CaseBook Settled(int at)
    {
        lock (gate)
        {
            foreach (var batch in batches.Values)
                PassOn(batch);
        }

        return books[at].Book;
    }

    private void PassOn(NoteBatch batch) => batch.MoveTo(note =>
    {
        if (note.First is { } first)
            books[0].Book.Put(first);
        if (note.Second is { } second)
            books[1].Book.Put(second);
        if (!note.Traits.IsEmpty)
            learner!.Add(note.ActorKey, note.Time, note.Traits);
    });
}
