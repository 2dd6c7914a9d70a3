using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// The envelope of an EventBridge event. Only AWS can put an event whose source begins with <c>aws.</c> on a bus, and EventBridge
/// itself writes the account, so these two tell a forged record from a real one
/// (EventBridge API Reference, "PutEventsRequestEntry": sources of AWS services are reserved).
/// </summary>
internal static class Envelope
{
    public static bool IsOne(in RecordMembers whole) => whole.Detail.IsPresent && !whole.EventName.IsPresent;

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
