using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// The envelope of an EventBridge event. Only AWS can put an event whose source begins with <c>aws.</c> on a bus, and EventBridge
/// itself writes the account, so these two tell a forged record from a real one
/// (EventBridge API Reference, "PutEventsRequestEntry": sources of AWS services are reserved).
/// </summary>
internal static class Envelope
{
    /// <summary>The sorts of events that CloudTrail sends and that the rules deliver; a sign-in is spelt in two ways.</summary>
    private static readonly string[] Recorded =
    [
        "AWS API Call via CloudTrail", "AWS Console Action via CloudTrail", "AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail",
        "AWS Service Event via CloudTrail",
    ];

    /// <summary>Sources that do not follow from the name in <c>eventSource</c>.</summary>
    private static readonly (string EventSource, string Source)[] Others =
    [
        ("monitoring", "aws.cloudwatch"), ("elasticmapreduce", "aws.emr"), ("email", "aws.ses"), ("sso-directory", "aws.sso"), ("identitystore", "aws.sso-directory"),
    ];

    public static bool IsOne(in RecordMembers whole) => whole.Detail.IsPresent && !whole.EventName.IsPresent;

    /// <summary>
    /// Why it is not what EventBridge delivers by our rules; null when it is. A bare record, or an envelope that lacks anything, is something that somebody
    /// has written by hand: whoever may invoke the function.
    /// </summary>
    public static string? ProblemWithDelivery(in RecordMembers whole, Field envelope)
    {
        foreach (var name in new[] { "id", "time", "region", "account", "source", "detail-type" })
        {
            if (string.IsNullOrEmpty(envelope[name].Text))
                return $"it is no event of EventBridge's: '{name}' is missing";
        }

        if (!whole.Detail.IsObject)
            return "it is no event of EventBridge's: 'detail' is missing";
        if (ServiceEvent.IsOne(whole))
            return null;
        var detail = new RecordMembers(whole.Detail);
        if (!Recorded.Contains(whole.DetailType.Text))
            return $"the detail-type is '{Printable.Of(whole.DetailType.Text)}', which no rule delivers";
        if (!IsConsistent(whole.Source.Text!, detail.EventSource.Text))
            return $"the source is '{Printable.Of(whole.Source.Text)}', and the record of '{Printable.Of(detail.EventSource.Text)}'";
        return detail.Account.Text == envelope["account"].Text
            ? null
            : $"the envelope is from account '{Printable.Of(envelope["account"].Text)}', the record for '{Printable.Of(detail.Account.Text)}'";
    }

    private static bool IsConsistent(string source, string? eventSource)
    {
        var service = eventSource?.Split('.')[0];
        return service is not null && (source == "aws." + service || Others.Contains((service, source)));
    }

    /// <summary>Why the envelope may not be believed; null when it may. A detail without any envelope field is as good as a bare record.</summary>
    public static string? ProblemWith(in RecordMembers whole, Field sender, string? account)
    {
        var (type, source) = (whole.DetailType, whole.Source);
        if (!type.IsPresent && !source.IsPresent && !sender.IsPresent)
            return null;
        if (type.Text?.Contains("CloudTrail", StringComparison.Ordinal) != true)
            return $"the detail-type is '{Printable.Of(type.Text)}', not one via CloudTrail";
        if (source.Text?.StartsWith("aws.", StringComparison.Ordinal) != true)
            return $"the source is '{Printable.Of(source.Text)}', which is not an AWS service";
        return sender.Text == account && account is not null
            ? null
            : $"the envelope is from account '{Printable.Of(sender.Text)}', the record of '{Printable.Of(account)}'";
    }
}
