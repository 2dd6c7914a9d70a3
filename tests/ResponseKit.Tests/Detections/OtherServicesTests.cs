using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

/// <summary>Operation names repeat across services, so a detection may only listen to its own.</summary>
public sealed class OtherServicesTests
{
    // All but those that listen to whatever somebody calls.
    private static IEnumerable<(IConfiguredDetection Detection, DetectionExample Example)> OfNamedCalls =>
        Examples.All.Where(row => row.Detection.Descriptor.Selectors.All(selector => selector.IdentityType is null));

    [Theory]
    [InlineData("transfer.amazonaws.com", "CreateUser", """{"userName":"ftp","serverId":"s-0a1b2c3d4e5f60718"}""")]
    [InlineData("rds.amazonaws.com", "CreateUser", """{"userName":"x"}""")]
    [InlineData("redshift.amazonaws.com", "CreateCluster", """{"clusterIdentifier":"dwh"}""")]
    [InlineData("kafka.amazonaws.com", "CreateCluster", """{"clusterName":"prod"}""")]
    [InlineData("cloudhsm.amazonaws.com", "CreateCluster", """{"hsmType":"hsm1.medium"}""")]
    [InlineData("appstream.amazonaws.com", "CreateFleet", """{"instanceType":"stream.graphics.g5.16xlarge"}""")]
    [InlineData("servicediscovery.amazonaws.com", "CreateService", """{"desiredCount":500}""")]
    [InlineData("appsync.amazonaws.com", "CreateFunction", """{"name":"worker"}""")]
    [InlineData("mediaconvert.amazonaws.com", "CreateJob", """{"role":"worker"}""")]
    [InlineData("elasticloadbalancing.amazonaws.com", "DeleteRule", """{"ruleArn":"x"}""")]
    [InlineData("s3.amazonaws.com", "CreateServiceLinkedRole", """{"aWSServiceName":"autoscaling.amazonaws.com"}""")]
    [InlineData("waf.amazonaws.com", "DeleteRule", """{"ruleId":"x"}""")]
    [InlineData("codecommit.amazonaws.com", "StopLogging", """{"name":"x"}""")]
    public void Says_nothing_about_a_namesake_of_another_service(string source, string name, string request)
    {
        var record = DetectionExample.Match("a namesake", source, name, request).Record();
        Assert.All(DetectionCatalogue.All, detection => Assert.Null(detection.Look(record)));
    }

    [Fact]
    public void Says_nothing_when_the_example_comes_from_another_service()
    {
        foreach (var (detection, example) in OfNamedCalls)
            Assert.Null(detection.Look((example with { EventSource = "other.amazonaws.com" }).RecordIfBelieved()));
    }

    [Fact]
    public void Says_nothing_about_a_longer_operation_of_the_same_service()
    {
        foreach (var (detection, example) in OfNamedCalls)
            Assert.Null(detection.Look((example with { EventName = example.EventName + "Extra" }).RecordIfBelieved()));
    }
}
