using System.Runtime.InteropServices;
using System.Text;

namespace ResponseKit.Records;

/// <summary>
/// The members of a record, or of an envelope of one, that are looked at every time, found in one pass. Of a name that stands twice the last value counts,
/// as <see cref="Field"/> has it.
/// </summary>
internal readonly ref struct RecordMembers
{
    /// <summary>Finds the members.</summary>
    public RecordMembers(Field whole)
    {
        Whole = whole;
        foreach (var member in whole.RawMembers)
        {
            var raw = JsonMarshal.GetRawUtf8PropertyName(member);
            var name = raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(member.Name) : raw;
            var value = new Field(member.Value);
            switch (name.Length)
            {
                case 6 when name.SequenceEqual("source"u8): Source = value; break;
                case 6 when name.SequenceEqual("detail"u8): Detail = value; break;
                case 7 when name.SequenceEqual("eventID"u8): EventId = value; break;
                case 8 when name.SequenceEqual("readOnly"u8): ReadOnly = value; break;
                case 9 when name.SequenceEqual("eventTime"u8): EventTime = value; break;
                case 9 when name.SequenceEqual("eventName"u8): EventName = value; break;
                case 9 when name.SequenceEqual("awsRegion"u8): Region = value; break;
                case 9 when name.SequenceEqual("userAgent"u8): UserAgent = value; break;
                case 9 when name.SequenceEqual("errorCode"u8): ErrorCode = value; break;
                case 11 when name.SequenceEqual("eventSource"u8): EventSource = value; break;
                case 11 when name.SequenceEqual("detail-type"u8): DetailType = value; break;
                case 12 when name.SequenceEqual("eventVersion"u8): Version = value; break;
                case 12 when name.SequenceEqual("userIdentity"u8): Identity = value; break;
                case 15 when name.SequenceEqual("sourceIPAddress"u8): SourceAddress = value; break;
                case 16 when name.SequenceEqual("responseElements"u8): Response = value; break;
                case 17 when name.SequenceEqual("requestParameters"u8): Request = value; break;
                case 18 when name.SequenceEqual("recipientAccountId"u8): Account = value; break;
                default: break;
            }
        }
    }

    public Field Whole { get; }

    public Field Source { get; }

    public Field DetailType { get; }

    public Field Detail { get; }

    public Field Version { get; }

    public Field EventId { get; }

    public Field EventTime { get; }

    public Field EventSource { get; }

    public Field EventName { get; }

    public Field Region { get; }

    public Field Account { get; }

    public Field Identity { get; }

    public Field SourceAddress { get; }

    public Field UserAgent { get; }

    public Field ErrorCode { get; }

    public Field ReadOnly { get; }

    public Field Request { get; }

    public Field Response { get; }
}
