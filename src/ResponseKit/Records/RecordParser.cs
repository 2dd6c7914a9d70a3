using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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

    /// <summary>
    /// Reads an event as EventBridge delivers it by our rules, and nothing else: what has an effect must come the way that only AWS can send it.
    /// </summary>
    public static ParseResult ParseDelivered(ReadOnlySpan<byte> json)
    {
        if (!JsonInput.TryRead(json, out var value, out var problem))
            return new ParseResult.Rejected($"Not an event of EventBridge's: {problem}.");
        var whole = new Field(value);
        var members = new RecordMembers(whole);
        return Envelope.ProblemWithDelivery(members, whole) is { } wrong
            ? new ParseResult.Rejected($"Not a believable event: {wrong}.{WhichEvent(new RecordMembers(members.Detail).EventId)}")
            : Read(whole);
    }

    /// <summary>Reads a JSON value, which may be disposed of afterwards.</summary>
    public static ParseResult Parse(JsonElement json) =>
        JsonInput.TryRead(json, out var value, out var problem) ? Read(new Field(value)) : NoRecord(problem);

    internal static ParseResult.Rejected NoRecord(string problem) => new($"Not a CloudTrail record: {problem}.");

    internal static ParseResult Read(Field whole, bool isLogged = false)
    {
        var outer = new RecordMembers(whole);
        if (ServiceEvent.IsOne(outer))
            return ServiceEvent.Read(whole);
        if (!Envelope.IsOne(outer))
            return Read(outer, null, isLogged);
        var detail = new RecordMembers(outer.Detail);
        return Read(detail, Envelope.ProblemWith(outer, whole["account"], AccountOf(detail)), isLogged: false);
    }

    private static ParseResult Read(in RecordMembers root, string? problem, bool isLogged)
    {
        var (account, time) = (AccountOf(root), Timestamps.Of(root.EventTime));
        var (source, name, region) = (root.EventSource.SharedText, root.EventName.SharedText, root.Region.SharedText);
        problem ??= ProblemWithVersion(root.Version, isLogged)
            ?? (isLogged && !root.EventId.IsPresent ? null : Mismatch(root.EventId, root.EventId.Text, "eventID", Id, "an id of at most 128 characters"))
            ?? (time is null ? $"eventTime is {Shown(root.EventTime)}, not a time such as 2025-11-02T10:00:00Z" : null)
            ?? Mismatch(root.EventSource, source, "eventSource", Source, "a service such as ec2.amazonaws.com")
            ?? Mismatch(root.EventName, name, "eventName", Operation, "an operation such as RunInstances")
            ?? Mismatch(root.Region, region, "awsRegion", Region, "a region such as us-east-1")
            ?? (AccountId.IsValid(account) || (isLogged && AccountId.IsWord(account)) ? null : $"the account is {Printable.Of(account)}, not twelve digits");
        if (problem is not null)
            return new ParseResult.Rejected($"Not a believable CloudTrail record: {problem}.{WhichEvent(root.EventId)}");
        var accessKeyId = root.Identity["accessKeyId"].SharedText;
        return new ParseResult.Parsed(new()
        {
            EventId = root.EventId.Text ?? $"sha256-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root.Whole.ToString())))}",
            Time = time!.Value,
            EventSource = source!,
            EventName = name!,
            Region = region!,
            Account = account!,
            Actor = ActorResolver.Resolve(root, account!),
            Outcome = OutcomeOf(root),
            AccessKeyId = IamName.IsAccessKeyId(accessKeyId) ? accessKeyId : null,
            SessionIssued = Timestamps.Of(root.Identity["sessionContext"]["attributes"]["creationDate"]),
            SourceAddress = root.SourceAddress.SharedText,
            UserAgent = root.UserAgent.SharedText,
            ReadOnly = root.ReadOnly.Flag,
            Identity = root.Identity,
            Request = root.Request,
            Response = root.Response,
            Root = root.Whole,
        });
    }

    private static string? AccountOf(in RecordMembers root) => root.Account.SharedText ?? root.Identity["accountId"].SharedText;

    // A failed sign-in carries no error code (CloudTrail User Guide, "AWS Management Console sign-in events").
    private static CallOutcome OutcomeOf(in RecordMembers root)
    {
        var code = root.ErrorCode.SharedText;
        return code is null or "" && root.Response["ConsoleLogin"].Text == "Failure" ? new CallOutcome.Denied("ConsoleLoginFailure") : CallOutcome.FromErrorCode(code);
    }

    private static string? ProblemWithVersion(Field version, bool isLogged) =>
        (isLogged && !version.IsPresent) || version.SharedText?.StartsWith("1.", StringComparison.Ordinal) == true
            ? null
            : $"eventVersion is {Shown(version)}, and only 1.x is known";

    private static string? Mismatch(Field field, string? text, string name, Charset shape, string expected) =>
        shape.Fits(text) ? null : $"{name} is {Shown(field)}, not {expected}";

    private static string Shown(Field field) => field.IsPresent ? $"'{Printable.Of(field.Text ?? field.ToString(), 40)}'" : "missing";

    private static string WhichEvent(Field id) => id.Text is { } text ? $" Event {Printable.Of(text, 64)}." : "";
}
