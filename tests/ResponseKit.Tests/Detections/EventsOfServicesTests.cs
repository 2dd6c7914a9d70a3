using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;

namespace ResponseKit.Tests.Detections;

/// <summary>What GuardDuty's findings and AWS Health's notices weigh, and whom they contain.</summary>
public sealed class EventsOfServicesTests
{
    private static readonly ResponsePolicy Policy = new();

    [Theory]
    [InlineData("AttackSequence:IAM/CompromisedCredentials", "9", true, 60)]
    [InlineData("AttackSequence:ECS/CompromisedCluster", "9.0", false, 50)]
    [InlineData("CryptoCurrency:EC2/BitcoinTool.B!DNS", "8", false, 55)]
    [InlineData("UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS", "8", true, 55)]
    [InlineData("Impact:IAMUser/AnomalousBehavior", "8", true, 55)]
    [InlineData("Impact:IAMUser/AnomalousBehavior", "5", true, 30)]
    [InlineData("UnauthorizedAccess:IAMUser/TorIPCaller", "7", true, 45)]
    [InlineData("UnauthorizedAccess:IAMUser/TorIPCaller", "6.9", true, 20)]
    [InlineData("Discovery:IAMUser/AnomalousBehavior", "4", true, 20)]
    [InlineData("Discovery:IAMUser/AnomalousBehavior", "3.9", true, 0)]
    [InlineData("CryptoCurrency:EC2/BitcoinTool.B", "\"8\"", true, 0)]
    [InlineData("CryptoCurrency:EC2/BitcoinTool.B", "1e400", true, 0)]
    [InlineData("CryptoCurrency:EC2/BitcoinTool.B", "null", true, 0)]
    public void A_finding_weighs_by_its_severity_and_by_what_it_is(string type, string severity, bool isOfSomebody, int weight)
    {
        var finding = Finding($$"""
            {"id":"1","type":"{{type}}","severity":{{severity}},"resource":{"accessKeyDetails":{"userType":"{{(isOfSomebody ? "IAMUser" : "x")}}","userName":"leaked"} } }
            """);
        Assert.Equal(weight, Examples.Detection("guardduty.finding-reported").Look(finding.Record())?.Weight ?? 0);
    }

    [Theory]
    [InlineData("AWS_RISK_CREDENTIALS_EXPOSED", "leaked", true)]
    [InlineData("AWS_RISK_CREDENTIALS_COMPROMISED", "leaked", true)]
    [InlineData("AWS_RISK_IAM_QUARANTINE", "leaked", true)]
    [InlineData("AWS_RISK_CREDENTIALS_EXPOSED", "<root_account>", false)]
    [InlineData("AWS_RISK_CREDENTIALS_EXPOSURE_SUSPECTED", "leaked", false)]
    [InlineData("AWS_RISK_CREDENTIALS_COMPROMISE_SUSPECTED", "leaked", false)]
    [InlineData("AWS_RISK_ACCOUNT_CONSOLE_COMPROMISE", "leaked", false)]
    public void A_notice_that_a_user_s_key_is_public_is_enough_to_contain_the_user(string code, string user, bool contains)
    {
        var observation = Observer.Observe(Notice(code, user).Record(), Policy)!;
        Assert.Equal(contains, Correlator.Judge(new CaseFile(observation.Actor.Key, [observation]), Policy) is Verdict.Contain);
        Assert.Equal(user == "leaked" ? "arn:aws:iam::111122223333:user/leaked" : "unknown:111122223333", observation.Actor.Key);
    }

    [Fact]
    public void A_finding_alone_contains_nobody()
    {
        var finding = Finding("""
            {"id":"1","type":"AttackSequence:IAM/CompromisedCredentials","severity":9,
            "resource":{"accessKeyDetails":{"userType":"IAMUser","userName":"leaked"}}}
            """);
        var observation = Observer.Observe(finding.Record(), Policy)!;
        Assert.IsType<Verdict.Watch>(Correlator.Judge(new CaseFile(observation.Actor.Key, [observation]), Policy));
    }

    private static DetectionExample Finding(string detail) => DetectionExample.Event("x", true, "aws.guardduty", "GuardDuty Finding", detail);

    private static DetectionExample Notice(string code, string user) => DetectionExample.Event("x", true, "aws.health", "AWS Health Event", $$"""
        {"eventArn":"arn","eventTypeCode":"{{code}}","startTime":"Sun, 02 Nov 2025 10:00:00 GMT","eventMetadata":{"userName":"{{user}}"} }
        """);
}
