namespace ResponseKit.Response.Notifications;

/// <summary>Tells people.</summary>
public interface INotifier
{
    /// <summary>Sends a notice, unless its state was told before. What goes wrong is an outcome: telling never stops anything.</summary>
    Task<NoticeOutcome> TellAsync(Notice notice, CancellationToken cancellationToken);
}

/// <summary>What came of telling people. One of <see cref="Sent"/>, <see cref="NotDue"/>, <see cref="Failed"/>.</summary>
public abstract record NoticeOutcome
{
    private NoticeOutcome()
    {
    }

    /// <summary>It was sent.</summary>
    public sealed record Sent : NoticeOutcome;

    /// <summary>It was sent before, or there is nobody to tell.</summary>
    public sealed record NotDue : NoticeOutcome;

    /// <summary>It was not sent, and will be when its state is told of again.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Failed(string Reason) : NoticeOutcome;
}

/// <summary>For a deployment without a topic: tells nobody.</summary>
public sealed class NoNotifier : INotifier
{
    /// <inheritdoc/>
    public Task<NoticeOutcome> TellAsync(Notice notice, CancellationToken cancellationToken) => Task.FromResult<NoticeOutcome>(new NoticeOutcome.NotDue());
}
