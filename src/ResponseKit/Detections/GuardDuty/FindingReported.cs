using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.GuardDuty;

/// <summary>A finding of GuardDuty's, weighed by its severity and by what it is.</summary>
public sealed class FindingReported : IDetection
{
    private const int Sequence = 50;
    private const int SequenceOfSomebody = 60;
    private const int Grave = 55;
    private const int High = 45;
    private const int GraveButMedium = 30;
    private const int Medium = 20;

    // Severities: GuardDuty User Guide, "Findings severity levels". Critical is 9 and above.
    private const double HighFrom = 7;
    private const double MediumFrom = 4;

    private const string AttackSequence = "AttackSequence:";

    /// <summary>Types that are about stolen credentials in use, or about mining itself (GuardDuty User Guide, "GuardDuty active finding types").</summary>
    private static readonly string[] GraveTypes =
    [
        "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration", "CredentialAccess:IAMUser/CompromisedCredentials", "CryptoCurrency:",
        "Impact:IAMUser/AnomalousBehavior", "Impact:Runtime/CryptoMinerExecuted", "Impact:EC2/BitcoinDomainRequest", "Impact:Runtime/BitcoinDomainRequest",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "guardduty.finding-reported",
        Title = "GuardDuty finding of medium severity or more",
        Category = SignalCategory.ExternalFinding,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.GuardDutyEvents, "GuardDuty Finding")],
        Why = "GuardDuty sees what no single call shows: known bad addresses, an instance's credentials used elsewhere, traffic of miners.",
        BenignCauses = ["A new way of working, which GuardDuty takes for an anomaly", "A penetration test", "A VPN or proxy whose address has a bad name"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var finding = record.Root;
        if (finding["type"].Text is not { } type || finding["severity"].Real is not { } severity || IsSample(finding) || finding["service"]["archived"].Flag is true)
            return null;
        var weight = Weigh(type, severity, isOfSomebody: record.Actor is Actor.User or Actor.Role or Actor.Root);
        if (weight == 0)
            return null;
        var shown = Math.Clamp(severity, 0, 10).ToString("0.#", CultureInfo.InvariantCulture);
        return new Finding(weight, $"drew GuardDuty's finding {Plain.Name(type)}, of severity {shown}")
            .With("type", type)
            .With("severity", shown)
            .With("findingId", finding["id"].Text)
            .With("accessKeyId", record.AccessKeyId);
    }

    private static int Weigh(string type, double severity, bool isOfSomebody)
    {
        var isGrave = Array.Exists(GraveTypes, start => type.StartsWith(start, StringComparison.Ordinal));
        return severity switch
        {
            >= HighFrom when type.StartsWith(AttackSequence, StringComparison.Ordinal) => isOfSomebody ? SequenceOfSomebody : Sequence,
            >= HighFrom => isGrave ? Grave : High,
            >= MediumFrom => isGrave ? GraveButMedium : Medium,
            _ => 0,
        };
    }

    // Samples are made on request, and name nobody real.
    private static bool IsSample(Field finding)
    {
        var more = finding["service"]["additionalInfo"];
        return more["sample"].Flag is true || more["value"].Text?.Contains("\"sample\":true", StringComparison.Ordinal) == true;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        Shown("an instance's credentials used outside AWS", true, """
            {"type":"UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS","severity":8,"resource":{"resourceType":"AccessKey",
            "accessKeyDetails":{"accessKeyId":"ASIAEXAMPLEEXAMPLE00","userType":"AssumedRole","userName":"web"}}}
            """),
        Shown("a sequence of an attack by a user", true, """
            {"type":"AttackSequence:IAM/CompromisedCredentials","severity":9.0,"service":{"detection":{"sequence":{"actors":[{"user":{"type":"IAMUser",
            "name":"ci-bot","credentialUid":"AKIAEXAMPLEEXAMPLE00"}}]}}}}
            """),
        Shown("a sequence of an attack on a cluster, which names nobody", true, """{"type":"AttackSequence:ECS/CompromisedCluster","severity":9}"""),
        Shown("mining traffic of an instance", true, """{"type":"CryptoCurrency:EC2/BitcoinTool.B!DNS","severity":8,"resource":{"resourceType":"Instance"}}"""),
        Shown("another finding of high severity", true, """{"type":"UnauthorizedAccess:IAMUser/TorIPCaller","severity":7.5}"""),
        Shown("an anomaly of medium severity", true, """{"type":"Persistence:IAMUser/AnomalousBehavior","severity":5}"""),
        Shown("an anomaly of low severity", false, """{"type":"Discovery:IAMUser/AnomalousBehavior","severity":2}"""),
        Shown("a sample", false, """{"type":"CryptoCurrency:EC2/BitcoinTool.B","severity":8,"service":{"additionalInfo":{"sample":true}}}"""),
        Shown("a finding archived by a filter", false, """{"type":"Recon:IAMUser/MaliciousIPCaller","severity":8,"service":{"archived":true}}"""),
    ];

    private static DetectionExample Shown(string name, bool matches, string detail) => DetectionExample.Event(
        name, matches, EventSources.GuardDutyEvents, "GuardDuty Finding",
        """{"id":"76b6bd7a6fa2205baaae644e6970206b","updatedAt":"2025-11-02T10:00:00.000Z",""" + detail.Trim()[1..]);
}
