using ResponseKit.Cli.Replay.Reading;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Replay;

namespace ResponseKit.Cli.Replay;

/// <summary>Takes the records that may matter, from several threads, and puts what is remarkable about them into the case books.</summary>
internal sealed class RecordJudge : IRecordSink
{
    private readonly ReplayOptions options;
    private readonly (ResponsePolicy Policy, CaseBook Book)[] books;
    private readonly HistoryLearner? learner;
    private readonly Lock gate = new();

    public RecordJudge(ReplayOptions options)
    {
        this.options = options;
        books = [.. new[] { options.Policy, options.WhatIf?.Policy }.OfType<ResponsePolicy>().Select(policy => (policy, new CaseBook(policy, options.Baseline)))];
        learner = options.LearnTo is null ? null : new HistoryLearner();
    }

    /// <summary>The cases by the policy.</summary>
    public CaseBook Book => books[0].Book;

    /// <summary>The cases by the other policy; null when there is none.</summary>
    public CaseBook? WhatIf => books.Length > 1 ? books[1].Book : null;

    /// <summary>What was learned; null when nothing was to be.</summary>
    public HistoryLearner? Learner => learner;

    /// <summary>What was no believable record.</summary>
    public Rejections Rejections { get; } = new();

    /// <inheritdoc/>
    public void Accept(ReadOnlySpan<byte> json, in RecordPlace place)
    {
        switch (RecordParser.ParseLogged(json))
        {
            case ParseResult.Parsed(var record) when record.Time >= options.From && record.Time < options.To:
                Take(record);
                break;
            case ParseResult.Rejected(var reason):
                lock (gate)
                    Rejections.Add(place, reason);
                break;
        }
    }

    private void Take(CloudTrailRecord record)
    {
        var observations = Array.ConvertAll(books, book => Observer.Observe(record, book.Policy));
        var traits = learner is not null && Observer.IsJudged(record.Actor, options.Policy.Guards) ? Traits.Of(record) : [];
        if (traits.IsEmpty && Array.TrueForAll(observations, observation => observation is null))
            return;
        lock (gate)
        {
            for (var at = 0; at < books.Length; at++)
            {
                if (observations[at] is { } observation)
                    books[at].Book.Add(observation);
            }

            if (!traits.IsEmpty)
                learner!.Add(record.Actor.Key, record.Time, traits);
        }
    }
}
