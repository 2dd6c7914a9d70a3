using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

/// <summary>What deployers, data teams and scanners do all day must not add up to an incident.</summary>
public sealed class DailyWorkTests
{
    [Theory]
    [InlineData("lambda.amazonaws.com", "CreateFunction20150331", """{"functionName":"web","role":"arn:aws:iam::111122223333:role/web"}""", 3)]
    [InlineData("lambda.amazonaws.com", "UpdateFunctionCode20150331v2", """{"functionName":"web"}""", 3)]
    [InlineData("lambda.amazonaws.com", "UpdateFunctionConfiguration20150331v2", """{"functionName":"web","timeout":30}""", 0)]
    [InlineData("codebuild.amazonaws.com", "StartBuild", """{"projectName":"web"}""", 0)]
    [InlineData("codebuild.amazonaws.com", "CreateProject", """{"name":"web","environment":{"computeType":"BUILD_GENERAL1_MEDIUM"}}""", 3)]
    [InlineData("eks.amazonaws.com", "CreateNodegroup", """{"nodegroupName":"a","scalingConfig":{"maxSize":6},"instanceTypes":["m6i.xlarge"]}""", 4)]
    [InlineData("batch.amazonaws.com", "CreateComputeEnvironment", """{"computeResources":{"maxvCpus":256,"instanceTypes":["optimal"]}}""", 3)]
    [InlineData("glue.amazonaws.com", "CreateJob", """{"name":"load","numberOfWorkers":10}""", 3)]
    [InlineData("elasticmapreduce.amazonaws.com", "RunJobFlow", """{"instances":{"slaveInstanceType":"m5.xlarge","instanceCount":4}}""", 0)]
    [InlineData("sagemaker.amazonaws.com", "CreateNotebookInstance", """{"instanceType":"ml.t3.medium"}""", 0)]
    [InlineData("sagemaker.amazonaws.com", "CreateTrainingJob", """{"resourceConfig":{"instanceType":"ml.g5.xlarge","instanceCount":1}}""", 15)]
    [InlineData("ec2.amazonaws.com", "CreateKeyPair", """{"keyName":"packer_65f0"}""", 3)]
    [InlineData("ec2.amazonaws.com", "DescribeRegions", """{"regionSet":{}}""", 2)]
    [InlineData("ec2.amazonaws.com", "DescribeSpotPriceHistory", "{}", 3)]
    [InlineData("ses.amazonaws.com", "GetSendQuota", null, 4)]
    [InlineData("bedrock.amazonaws.com", "ListFoundationModels", null, 3)]
    public void One_call_weighs_little(string source, string name, string? request, int atMost)
    {
        var record = DetectionExample.Match("x", source, name, request).Record();
        Assert.InRange(DetectionCatalogue.All.Sum(detection => detection.Look(record)?.Weight ?? 0), 0, atMost);
    }

    [Theory]
    [MemberData(nameof(Probes))]
    public void A_probe_that_a_service_makes_on_behalf_of_somebody_says_nothing(string id, string name)
    {
        var (detection, example) = Examples.Find(id, name);
        Assert.Null(detection.Look((example with { InvokedBy = "cloudformation.amazonaws.com" }).Record()));
    }

    public static TheoryData<string, string> Probes
    {
        get
        {
            string[] ids =
            [
                "ec2.launch-dry-run", "ec2.launch-failed", "ec2.limits-read", "ec2.capacity-explored", "ses.sending-quota-read", "bedrock.models-listed",
                "bedrock.invocation-logging-read", "servicequotas.compute-quota-probe",
            ];
            var rows = new TheoryData<string, string>();
            foreach (var (detection, example) in Examples.All.Where(row => row.Example.Matches && ids.Contains(row.Detection.Descriptor.Id)))
                rows.Add(detection.Descriptor.Id, example.Name);
            return rows;
        }
    }
}
