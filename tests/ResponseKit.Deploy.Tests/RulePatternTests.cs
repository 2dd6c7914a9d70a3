using System.Text;
using System.Text.Json;
using ResponseKit.Deploy.Tests.Deployed;
using ResponseKit.Detections;
using ResponseKit.Functions;
using ResponseKit.Records;
using ResponseKit.Rules;

namespace ResponseKit.Deploy.Tests;

/// <summary>Whether EventBridge, asked with TestEventPattern, delivers by the rules of the deployed account what detections need: to the hub, and there to triage.</summary>
public sealed class RulePatternTests
{
    public static TheoryData<string> Detections => [.. DetectionCatalogue.All.Select(detection => detection.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Detections))]
    public async Task What_a_detection_finds_is_forwarded_and_reaches_triage_unless_it_is_a_read(string id)
    {
        var account = await DeployedAccount.FindAsync();
        var detection = DetectionCatalogue.All.Single(one => one.Descriptor.Id == id);
        foreach (var example in detection.Examples.Where(example => example.Matches))
        {
            var envelope = Enveloped(example);
            Assert.Equal((example.Name, !IsRead(detection, example)), (example.Name, await IsForwardedAsync(account, DeployedAccount.Further, envelope)));
            Assert.Equal((example.Name, true), (example.Name, await IsTriagedAsync(account, envelope)));
        }
    }

    [Theory]
    [InlineData("s3.amazonaws.com", "GetObject")]
    [InlineData("gamelift.amazonaws.com", "CreateCluster")]
    [InlineData("iam.amazonaws.com", "RunInstances")]
    public async Task What_nobody_listens_to_is_not_forwarded(string eventSource, string eventName)
    {
        var envelope = Enveloped(DetectionExample.Match("a call", eventSource, eventName));
        foreach (var region in new[] { DeployedAccount.Home, DeployedAccount.Further })
            Assert.False(await IsForwardedAsync(await DeployedAccount.FindAsync(), region, envelope));
    }

    [Fact]
    public async Task What_aws_did_not_send_reaches_nobody()
    {
        var account = await DeployedAccount.FindAsync();
        var forged = Enveloped(DetectionExample.Match("a call", "iam.amazonaws.com", "CreateUser")).Replace("\"aws.iam\"", "\"shop.orders\"", StringComparison.Ordinal);
        Assert.Contains("shop.orders", forged, StringComparison.Ordinal);
        Assert.False(await IsForwardedAsync(account, DeployedAccount.Home, forged));
        Assert.False(await IsTriagedAsync(account, forged));
    }

    [Fact]
    public async Task What_the_responder_role_of_this_account_does_is_not_forwarded()
    {
        var account = await DeployedAccount.FindAsync();
        var own = Enveloped(DetectionExample.Match("a call", "iam.amazonaws.com", "CreateUser") with { Identity = Session(account.Id) });
        var likeIt = Enveloped(DetectionExample.Match("a call", "iam.amazonaws.com", "CreateUser") with { Identity = Session(DetectionExample.Account) });

        Assert.False(await IsForwardedAsync(account, DeployedAccount.Home, own));
        Assert.True(await IsForwardedAsync(account, DeployedAccount.Home, likeIt));
    }

    // What only rules for reads deliver, which are not deployed unless they are asked for.
    private static bool IsRead(IConfiguredDetection detection, DetectionExample example) =>
        !example.IsServiceEvent && RecordParser.Parse(JsonElement.Parse(example.ToRecordJson())) is ParseResult.Parsed(var record)
        && !SessionOpenings.Is(record.EventSource, record.EventName)
        && detection.Descriptor.Selectors.Where(selector => selector.Accepts(record)).All(selector => selector.ReadOnly);

    private static string Session(string account) =>
        $$"""{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::{{account}}:role/ResponseKitResponder"} } }""";

    private static string Enveloped(DetectionExample example) =>
        example.IsServiceEvent ? example.ToRecordJson() : Encoding.UTF8.GetString(TriageJson.Envelop(JsonElement.Parse(example.ToRecordJson())));

    private static async Task<bool> IsForwardedAsync(DeployedAccount account, string region, string envelope) =>
        await AnyAcceptsAsync(account, await DeployedRule.ForwardingAsync(account, region), envelope);

    private static async Task<bool> IsTriagedAsync(DeployedAccount account, string envelope) =>
        await AnyAcceptsAsync(account, (await DeployedRule.ListAsync(account, DeployedAccount.Home, "ResponseKit")).Where(rule => rule.Name == "ResponseKit-triage"), envelope);

    private static async Task<bool> AnyAcceptsAsync(DeployedAccount account, IEnumerable<DeployedRule> rules, string envelope)
    {
        foreach (var rule in rules.Where(rule => rule.State != "DISABLED"))
        {
            if (await rule.AcceptsAsync(account, envelope))
                return true;
        }

        return false;
    }
}
