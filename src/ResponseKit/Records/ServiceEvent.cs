using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Records;

/// <summary>
/// Events that AWS services send of themselves, without a call that CloudTrail could record: GuardDuty's findings and AWS Health's notices. They are
/// believed in the envelope of EventBridge only, for the reason that <see cref="Envelope"/> gives, and read as records: the source is the service,
/// the detail-type the operation, the principal whom the event is about the actor.
/// Forms: GuardDuty User Guide, "Processing GuardDuty findings with Amazon EventBridge"; AWS Health User Guide, "Reference: AWS Health events
/// Amazon EventBridge schema".
/// </summary>
internal static class ServiceEvent
{
    public const string GuardDuty = "aws.guardduty";
    public const string Finding = "GuardDuty Finding";
    public const string Health = "aws.health";
    public const string Notice = "AWS Health Event";

    private static readonly Charset Id = new(Charset.Visible, 128);
    private static readonly Charset Region = new(Charset.Lower + Charset.Digits + "-", 32);

    /// <summary>Whether it is one, by what the envelope says.</summary>
    public static bool IsOne(in RecordMembers whole) => (whole.Source.Text, whole.DetailType.Text) is (GuardDuty, Finding) or (Health, Notice);

    /// <summary>Reads one.</summary>
    public static ParseResult Read(Field whole)
    {
        var detail = whole["detail"];
        return whole["source"].Text == GuardDuty
            ? Read(whole, detail, detail["accountId"], detail["id"], detail["updatedAt"], [detail["service"]["eventLastSeen"], detail["updatedAt"]])
            : Read(whole, detail, detail["affectedAccount"], detail["eventArn"], detail["lastUpdatedTime"], [detail["startTime"], detail["lastUpdatedTime"]]);
    }

    // An event about another account has come to its administrator's; that account's own copy is the one that counts.
    private static ParseResult Read(Field whole, Field detail, Field about, Field id, Field updated, Field[] times)
    {
        var account = whole["account"].Text;
        var region = detail["region"].Text ?? whole["region"].Text;
        var time = times.Append(whole["time"]).Select(Timestamps.Of).FirstOrDefault(known => known is not null);
        var problem = !AccountId.IsValid(account) ? $"the account is {Printable.Of(account)}, not twelve digits"
            : about.IsPresent && about.Text != account ? $"the envelope is from account '{account}', the event about '{Printable.Of(about.Text)}'"
            : string.IsNullOrEmpty(id.Text) ? "it has no id"
            : time is null ? "it has no time"
            : !Region.Fits(region) ? $"the region is {Printable.Of(region)}"
            : null;
        if (problem is not null)
            return new ParseResult.Rejected($"Not a believable event of {whole["source"].Text}: {problem}.");

        var (actor, accessKeyId) = ActorOfEvent.Resolve(detail, account!, region!);
        return new ParseResult.Parsed(new CloudTrailRecord
        {
            EventId = IdOf(id.Text!, updated),
            Time = time!.Value,
            EventSource = whole["source"].Text!,
            EventName = whole["detail-type"].Text!,
            Region = region!,
            Account = account!,
            Actor = actor,
            Outcome = new CallOutcome.Succeeded(),
            AccessKeyId = accessKeyId,
            SourceAddress = detail["service"]["action"]["awsApiCallAction"]["remoteIpDetails"]["ipAddressV4"].Text,
            Root = detail,
        });
    }

    // What is updated is another event: it may weigh more than it did.
    private static string IdOf(string id, Field updated)
    {
        var moment = Timestamps.Of(updated) is { } time ? time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : updated.Text;
        var whole = moment is null ? id : $"{id}/{moment}";
        return Id.Fits(whole) ? whole : "sha256-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
    }
}
