using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ResponseKit.Actors;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// Reads CloudTrail records: bare, as in log files, or in the envelope in which EventBridge delivers them; and in that envelope only, GuardDuty's
/// findings and AWS Health's notices. Never throws.
/// Field meanings: CloudTrail User Guide, "CloudTrail record contents"; envelope: EventBridge User Guide, "AWS service events delivered via
/// AWS CloudTrail".
/// </summary>
public static class RecordParser
{
    private static readonly Charset Id = new(Charset.Visible, 128);
    private static readonly Charset Source = new(Charset.Lower + Charset.Digits + ".-", 128);
    private static readonly Charset Operation = new(Charset.Alphanumeric + "_:.-", 128);
    // Looser than RegionName: what is not a real region is still a real record.
    private static readonly Charset Region = new(Charset.Lower + Charset.Digits + "-", 32);

    /// <summary>Reads UTF-8 text.</summary>
    public static ParseResult Parse(ReadOnlyMemory<byte> json) => Parse(json.Span);

    /// <summary>Reads UTF-8 text, which may go away afterwards.</summary>
    public static ParseResult Parse(ReadOnlySpan<byte> json) =>
        JsonInput.TryRead(json, out var value, out var problem) ? Read(new Field(value)) : NoRecord(problem);

    /// <summary>Reads a JSON value, which may be disposed of afterwards.</summary>
    public static ParseResult Parse(JsonElement json) =>
        JsonInput.TryRead(json, out var value, out var problem) ? Read(new Field(value)) : NoRecord(problem);

    internal static ParseResult.Rejected NoRecord(string problem) => new($"Not a CloudTrail record: {problem}.");

    internal static ParseResult Read(Field whole, bool isLogged = false)
    {
        if (ServiceEvent.IsOne(whole))
            return ServiceEvent.Read(whole);
        var inEnvelope = Envelope.IsOne(whole);
        var root = inEnvelope ? whole["detail"] : whole;
        var account = root["recipientAccountId"].Text ?? root["userIdentity"]["accountId"].Text;
        isLogged &= !inEnvelope;
        var problem = (inEnvelope ? Envelope.ProblemWith(whole, account) : null) ?? ProblemWith(root, account, isLogged);
        if (problem is not null)
            return new ParseResult.Rejected($"Not a believable CloudTrail record: {problem}.{WhichEvent(root)}");
        return new ParseResult.Parsed(Record(root, account!));
    }

    private static CloudTrailRecord Record(Field root, string account)
    {
        var identity = root["userIdentity"];
        return new()
        {
            EventId = root["eventID"].Text ?? $"sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root.ToString())))}",
            Time = Timestamps.Of(root["eventTime"])!.Value,
            EventSource = root["eventSource"].Text!,
            EventName = root["eventName"].Text!,
            Region = root["awsRegion"].Text!,
            Account = account,
            Actor = ActorResolver.Resolve(root, account),
            Outcome = OutcomeOf(root),
            AccessKeyId = IamName.IsAccessKeyId(identity["accessKeyId"].Text) ? identity["accessKeyId"].Text : null,
            SessionIssued = Timestamps.Of(identity["sessionContext"]["attributes"]["creationDate"]),
            SourceAddress = root["sourceIPAddress"].Text,
            UserAgent = root["userAgent"].Text,
            ReadOnly = root["readOnly"].Flag,
            Root = root,
        };
    }

    // A failed sign-in carries no error code (CloudTrail User Guide, "AWS Management Console sign-in events").
    private static CallOutcome OutcomeOf(Field root) =>
        root["errorCode"].Text is null or "" && root["responseElements"]["ConsoleLogin"].Text == "Failure"
            ? new CallOutcome.Denied("ConsoleLoginFailure")
            : CallOutcome.FromErrorCode(root["errorCode"].Text);

    private static string? ProblemWith(Field root, string? account, bool isLogged)
    {
        var version = root["eventVersion"];
        if (!(isLogged && !version.IsPresent) && version.Text?.StartsWith("1.", StringComparison.Ordinal) != true)
            return $"eventVersion is {Shown(version)}, and only 1.x is known";
        return (isLogged && !root["eventID"].IsPresent ? null : Mismatch(root, "eventID", Id, "an id of at most 128 characters"))
            ?? (Timestamps.Of(root["eventTime"]) is null ? $"eventTime is {Shown(root["eventTime"])}, not a time such as 2025-11-02T10:00:00Z" : null)
            ?? Mismatch(root, "eventSource", Source, "a service such as ec2.amazonaws.com")
            ?? Mismatch(root, "eventName", Operation, "an operation such as RunInstances")
            ?? Mismatch(root, "awsRegion", Region, "a region such as us-east-1")
            ?? (AccountId.IsValid(account) || (isLogged && AccountId.IsWord(account)) ? null : $"the account is {Printable.Of(account)}, not twelve digits");
    }

    private static string? Mismatch(Field root, string name, Charset shape, string expected) =>
        root[name].Text is { } text && shape.Fits(text) ? null : $"{name} is {Shown(root[name])}, not {expected}";

    private static string Shown(Field field) => field.IsPresent ? $"'{Printable.Of(field.Text ?? field.ToString(), 40)}'" : "missing";

    private static string WhichEvent(Field root) => root["eventID"].Text is { } id ? $" Event {Printable.Of(id, 64)}." : "";
}
