using System.Collections.Concurrent;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response.Notifications;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Notifications;

/// <summary>
/// Publishes notices to an SNS topic. That one is being sent is noted in the table first, so that functions that run twice tell once. A note that cannot be verified
/// is none: whoever wrote it would have kept people from being told.
/// </summary>
/// <param name="sns">SNS in the topic's region.</param>
/// <param name="topic">The topic's ARN.</param>
/// <param name="table">The table.</param>
/// <param name="time">The clock.</param>
public sealed class SnsNotifier(IAmazonSimpleNotificationService sns, string topic, StoreTable table, TimeProvider time) : INotifier
{
    /// <summary>How the partitions of notes begin.</summary>
    public const string Partitions = "notice#";

    private const int MostAttempts = 3;

    /// <summary>So long may publishing take: people are told after what matters, and within the function's time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Whoever watches the state tells people through this; notes of their own must not be told of in turn.
    private readonly StoreTable quiet = table with { Watch = new NoStateWatch() };
    private readonly ConcurrentDictionary<(string Incident, string State), bool> told = new();

    /// <summary>
    /// The ARN of a topic, in the same region, that is told when the first one cannot be; empty where there is none. It has no key, so it is told where to
    /// look and nothing else.
    /// </summary>
    public string Second { get; init; } = "";

    /// <inheritdoc/>
    public async Task<NoticeOutcome> TellAsync(Notice notice, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var key = StoreTable.Key(Partitions + notice.Incident, notice.State);
        var isNoted = false;
        try
        {
            if (!await NoteAsync(notice, either.Token))
                return new NoticeOutcome.NotDue();
            isNoted = true;
            await PublishAsync(notice, either.Token);
            return new NoticeOutcome.Sent();
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            if (isNoted)
                await ForgetAsync(key, cancellationToken);
            return new NoticeOutcome.Failed(error.Message);
        }
    }

    private async Task<bool> NoteAsync(Notice notice, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var there = await quiet.FindSealedAsync(Partitions + notice.Incident, notice.State, SealKind.Notice, cancellationToken);
            if (there is { IsVerified: true })
                return false;
            // While no seal can be checked, each process tells for itself.
            if (there is { Authenticity: Authenticity.Unchecked })
                return told.TryAdd((notice.Incident, notice.State), true);
            if (await quiet.PutSealedAsync(StoreTable.Key(Partitions + notice.Incident, notice.State), SealKind.Notice, there, cancellationToken))
                return true;
        }

        return true;
    }

    private async Task PublishAsync(Notice notice, CancellationToken cancellationToken)
    {
        try
        {
            await sns.PublishAsync(Request(notice), cancellationToken);
        }
        catch (Exception error) when (error is AmazonServiceException && Second.Length > 0)
        {
            await sns.PublishAsync(Reminder(notice, (AmazonServiceException)error), cancellationToken);
        }
    }

    private PublishRequest Reminder(Notice notice, AmazonServiceException error) => new()
    {
        TopicArn = Second,
        Subject = "ResponseKit could not tell you something",
        Message = $"A notice of {notice.Incident} ({notice.State}) could not be sent to the first topic: {error.ErrorCode}. "
            + $"See 'responsekit show {notice.Incident}', or the log of the function ResponseKit-triage; and whether the topic is there and its key enabled.",
    };

    private PublishRequest Request(Notice notice) => new()
    {
        TopicArn = topic,
        Subject = notice.SubjectLine,
        Message = notice.Text,
        MessageAttributes = notice.Attributes.Where(attribute => attribute.Value.Length > 0)
            .ToDictionary(attribute => attribute.Key, attribute => new MessageAttributeValue { DataType = "String", StringValue = attribute.Value }, StringComparer.Ordinal),
    };

    // So that the next one who has the same to tell does.
    private async Task ForgetAsync(Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        try
        {
            await table.Dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = table.Name, Key = key }, cancellationToken);
        }
        catch (Exception error) when (IsFailure(error, cancellationToken))
        {
            // The failure that is reported says that nobody was told.
        }
    }

    private static bool IsFailure(Exception error, CancellationToken cancellationToken) =>
        error is AmazonServiceException or AmazonClientException or HttpRequestException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
