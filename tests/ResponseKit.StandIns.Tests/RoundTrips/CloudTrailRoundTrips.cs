using Amazon.CloudTrail;
using Amazon.CloudTrail.Model;
using Amazon.Runtime;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class CloudTrailRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task Looks_up_what_was_called_page_by_page()
    {
        using var account = emulator.NewAccount();
        for (var number = 0; number < 3; number++)
            await account.Admin.Ecs("us-east-1").CreateClusterAsync(new() { ClusterName = $"c{number}" });
        using var trail = new AmazonCloudTrailClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonCloudTrailConfig(), "us-east-1"));
        var request = new LookupEventsRequest
        {
            LookupAttributes = [new() { AttributeKey = LookupAttributeKey.EventName, AttributeValue = "CreateCluster" }],
            StartTime = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5),
            EndTime = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
            MaxResults = 2,
        };

        var names = new List<string>();
        await foreach (var one in trail.Paginators.LookupEvents(request).Events)
            names.Add($"{one.Username} {one.EventTime:yyyy} {one.CloudTrailEvent.Contains("\"clusterName\"", StringComparison.Ordinal)}");

        Assert.Equal(3, names.Count);
        Assert.All(names, name => Assert.EndsWith($"{TimeProvider.System.GetUtcNow():yyyy} True", name, StringComparison.Ordinal));
    }
}
