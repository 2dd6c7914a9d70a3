using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.Health;

/// <summary>AWS's notice that credentials are in public, or in the wrong hands.</summary>
public sealed class CredentialsExposed : IDetection
{
    private const int KnownWeight = 100;
    private const int SuspectedWeight = 50;

    private static readonly string[] Known = ["AWS_RISK_CREDENTIALS_EXPOSED", "AWS_RISK_CREDENTIALS_COMPROMISED", "AWS_RISK_IAM_QUARANTINE"];

    private static readonly string[] Suspected =
        ["AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED", "AWS_RISK_CREDENTIALS_COMPROMISE_SUSPECTED", "AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "health.credentials-exposed",
        Title = "AWS Health's notice of exposed credentials",
        Category = SignalCategory.ExternalFinding,
        Techniques = [Techniques.CredentialsInFiles, Techniques.CloudAccounts],
        Selectors = [Selector.Writes(EventSources.HealthEvents, "AWS Health Event")],
        Why = "AWS scans public repositories for access keys; so do thieves, who use what they find within minutes.",
        BenignCauses = ["A key that was disabled before it was published, or made for the purpose of being found"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // A case that is closed was dealt with; the notice of that must not contain anybody again.
        if (record.Root["eventTypeCode"].Text is not { } code || record.Root["statusCode"].Text == "closed")
            return null;
        var isKnown = Known.Contains(code);
        if (!isKnown && !Suspected.Contains(code))
            return null;

        // Keys belong to users. Where the notice names none, a person has to find out whose key it is.
        var isDecisive = isKnown && record.Actor is Actor.User;
        var whose = record.AccessKeyId is { } key ? $"the access key {key}" : "credentials";
        var what = isKnown ? "is known to others" : "may be known to others";
        return new Finding(isDecisive ? KnownWeight : SuspectedWeight, $"drew AWS Health's notice {code}: {whose} {what}") { Decisive = isDecisive }
            .With("eventTypeCode", code)
            .With("accessKeyId", record.AccessKeyId)
            .With("eventArn", record.Root["eventArn"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        Shown("a key of a user in public", true, "AWS_RISK_CREDENTIALS_EXPOSED", """
            {"statusCode":"open","eventMetadata":{"publicKey":"AKIAEXAMPLEEXAMPLE00","userName":"ci-bot"},"affectedEntities":[{"entityValue":"AKIAEXAMPLEEXAMPLE00"}]}
            """),
        Shown("a key in public, without its user", true, "AWS_RISK_CREDENTIALS_EXPOSED", """{"affectedEntities":[{"entityValue":"AKIAEXAMPLEEXAMPLE00"}]}"""),
        Shown("a user whom AWS has quarantined", true, "AWS_RISK_IAM_QUARANTINE", """{"affectedEntities":[{"entityValue":"ci-bot"}]}"""),
        Shown("a key that may be in public", true, "AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED", """{"affectedEntities":[{"entityValue":"ci-bot"}]}"""),
        Shown("a case that was closed", false, "AWS_RISK_CREDENTIALS_EXPOSED", """{"statusCode":"closed","affectedEntities":[{"entityValue":"ci-bot"}]}"""),
        Shown("a notice of anything else", false, "AWS_EC2_INSTANCE_RETIREMENT_SCHEDULED", """{"affectedEntities":[{"entityValue":"i-0a1b2c3d4e5f60718"}]}"""),
    ];

    private static DetectionExample Shown(string name, bool matches, string code, string more) => DetectionExample.Event(
        name, matches, EventSources.HealthEvents, "AWS Health Event", $$"""
        {"eventArn":"arn:aws:health:us-east-1::event/RISK/{{code}}/{{code}}-Ab1","service":"RISK","eventTypeCode":"{{code}}",
        "startTime":"Sun, 02 Nov 2025 10:00:00 GMT","lastUpdatedTime":"Sun, 02 Nov 2025 10:00:00 GMT",
        """ + more.Trim()[1..]);
}
