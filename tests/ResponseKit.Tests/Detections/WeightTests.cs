using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

/// <summary>A hundred is containment. What an administrator does once in a while must stay far below.</summary>
public sealed class WeightTests
{
    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void Nothing_but_a_decisive_finding_comes_near_containment_alone(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        if (detection.Evaluate(example.Record(), Examples.Settings) is { Decisive: false } finding)
            // What only adds up money weighs nothing by itself.
            Assert.InRange(finding.Weight, finding.Cost is null ? 1 : 0, 60);
    }

    [Fact]
    public void Only_nearly_always_bad_things_are_decisive()
    {
        var decisive = Examples.All
            .Where(row => row.Detection.Evaluate(row.Example.Record(), Examples.Settings) is { Decisive: true })
            .Select(row => row.Detection.Descriptor.Id)
            .Distinct();
        Assert.Equal(["ecs.mining-command", "health.credentials-exposed", "iam.quarantine-attached", "responsekit.tampered"], decisive);
    }

    [Theory]
    [MemberData(nameof(Examples.Rows), MemberType = typeof(Examples))]
    public void A_call_without_effect_is_evidence_of_one_kind_only(string id, string name)
    {
        // Otherwise two dry runs of one launch would look like a rush of different things.
        foreach (var error in new[] { "Client.DryRunOperation", "Client.UnauthorizedOperation" })
        {
            var record = (Examples.Find(id, name).Example with { ErrorCode = error, Response = null }).Record();
            var categories = DetectionCatalogue.All.Where(detection => detection.Look(record) is { }).Select(detection => detection.Descriptor.Category).Distinct();
            Assert.True(categories.Count() <= 1, $"{record.EventName} with {error}: {string.Join(", ", categories)}");
        }
    }

    [Theory]
    [InlineData("iam.amazonaws.com", "CreateUser", """{"userName":"new-colleague"}""", 20)]
    [InlineData("iam.amazonaws.com", "CreateRole", """{"roleName":"web"}""", 2)]
    [InlineData("iam.amazonaws.com", "ListUsers", "null", 3)]
    [InlineData("iam.amazonaws.com", "AddUserToGroup", """{"userName":"new-colleague","groupName":"developers"}""", 5)]
    [InlineData("sts.amazonaws.com", "GetCallerIdentity", "null", 2)]
    [InlineData("logs.amazonaws.com", "DeleteLogGroup", """{"logGroupName":"/aws/lambda/worker"}""", 4)]
    [InlineData("monitoring.amazonaws.com", "DeleteAlarms", """{"alarmNames":["cpu"]}""", 4)]
    [InlineData("kms.amazonaws.com", "ScheduleKeyDeletion", """{"keyId":"0a1b2c3d"}""", 8)]
    [InlineData("organizations.amazonaws.com", "CreateAccount", """{"accountName":"****"}""", 10)]
    [InlineData("ecs.amazonaws.com", "CreateCluster", """{"clusterName":"staging"}""", 10)]
    [InlineData("servicequotas.amazonaws.com", "GetServiceQuota", """{"serviceCode":"ec2","quotaCode":"L-1216C47A"}""", 8)]
    [InlineData("ec2.amazonaws.com", "ModifyInstanceAttribute", """{"instanceId":"i-0a1b2c3d4e5f60718","disableApiTermination":{"value":true}}""", 15)]
    [InlineData("iam.amazonaws.com", "CreateServiceLinkedRole", """{"aWSServiceName":"ecs.amazonaws.com"}""", 5)]
    [InlineData("ec2.amazonaws.com", "RunInstances", """{"instancesSet":{"items":[{"minCount":2,"maxCount":2}]},"instanceType":"m6i.xlarge"}""", 0)]
    public void One_ordinary_administrative_call_weighs_little(string source, string name, string request, int atMost)
    {
        var record = DetectionExample.Match("x", source, name, request).Record();
        Assert.InRange(DetectionCatalogue.All.Sum(detection => detection.Look(record)?.Weight ?? 0), 0, atMost);
    }
}
