using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Rules;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Whether EventBridge, asked with TestEventPattern, takes our patterns as they are meant.</summary>
public sealed class RulePatternTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string OwnRole = "arn:aws:iam::111122223333:role/ResponseKit-triage";
    private static readonly HttpClient Http = new();

    public static TheoryData<string> Detections => [.. DetectionCatalogue.All.Select(detection => detection.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Detections))]
    public async Task What_a_detection_finds_reaches_it_by_a_rule(string id)
    {
        var detection = DetectionCatalogue.All.Single(one => one.Descriptor.Id == id);
        foreach (var example in detection.Examples.Where(example => example.Matches))
            Assert.True(await IsDeliveredAsync(EventRules.All, Enveloped(example)), $"No rule delivers '{example.Name}'.");
    }

    [Theory]
    [InlineData("ec2.amazonaws.com", "DescribeInstances")]
    [InlineData("gamelift.amazonaws.com", "CreateCluster")]
    [InlineData("iam.amazonaws.com", "RunInstances")]
    public async Task What_nobody_listens_to_reaches_nobody(string eventSource, string eventName) =>
        Assert.False(await IsDeliveredAsync(EventRules.All, Enveloped(DetectionExample.Match("a call", eventSource, eventName))));

    [Theory]
    [InlineData(null, true)]
    [InlineData(DetectionExample.RoleSession, true)]
    [InlineData("""{"type":"AssumedRole","sessionContext":{"sessionIssuer":{"arn":"arn:aws:iam::111122223333:role/ResponseKit-triage"} } }""", false)]
    public async Task Calls_of_own_roles_reach_nobody(string? identity, bool isDelivered)
    {
        var rules = EventRules.For([Selector.Writes("iam.amazonaws.com", "CreateUser"), Selector.Writes("ec2.amazonaws.com", "RunInstances")], [OwnRole]);
        var call = DetectionExample.Match("a call", "ec2.amazonaws.com", "RunInstances") with { Identity = identity };
        Assert.Equal(isDelivered, await IsDeliveredAsync(rules, Enveloped(call)));
    }

    private static string Enveloped(DetectionExample example)
    {
        var json = example.ToRecordJson();
        return example.IsServiceEvent ? json : Encoding.UTF8.GetString(TriageJson.Envelop(JsonElement.Parse(json)));
    }

    private async Task<bool> IsDeliveredAsync(IEnumerable<EventRule> rules, string envelope)
    {
        foreach (var rule in rules)
        {
            if (await AcceptsAsync(rule, envelope))
                return true;
        }

        return false;
    }

    private async Task<bool> AcceptsAsync(EventRule rule, string envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator.Address);
        request.Headers.Add("X-Amz-Target", "AWSEvents.TestEventPattern");
        // Signatures count only where IAM is enforced.
        request.Headers.TryAddWithoutValidation(
            "Authorization", "AWS4-HMAC-SHA256 Credential=AKIAROOT111122223333/20251102/us-east-1/events/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { EventPattern = rule.Pattern, Event = envelope }), new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var response = await Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonElement.Parse(answer).GetProperty("Result").GetBoolean();
    }
}
