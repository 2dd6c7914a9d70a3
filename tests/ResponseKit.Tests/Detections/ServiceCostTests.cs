using System.Text.Json.Nodes;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Detections.Costs;

namespace ResponseKit.Tests.Detections;

/// <summary>What services other than EC2, Auto Scaling and ECS rent out is paid for, too.</summary>
public sealed class ServiceCostTests
{
    [Theory]
    [InlineData("sagemaker", "CreateNotebookInstance", """{"notebookInstanceName":"n","instanceType":"ml.g5.xlarge"}""", 1.26, 0)]
    [InlineData("sagemaker", "CreateTrainingJob", """{"resourceConfig":{"instanceType":"ml.g5.xlarge","instanceCount":10}}""", 0, 12.6)]
    [InlineData("sagemaker", "CreateHyperParameterTuningJob",
        """{"hyperParameterTuningJobConfig":{"resourceLimits":{"maxParallelTrainingJobs":4}},"trainingJobDefinition":{"resourceConfig":{"instanceType":"ml.g5.xlarge","instanceCount":1}}}""", 0, 5.03)]
    [InlineData("elasticmapreduce", "RunJobFlow", """{"instances":{"masterInstanceType":"m5.xlarge","slaveInstanceType":"m5.xlarge","instanceCount":9}}""", 2.3, 0)]
    [InlineData("elasticmapreduce", "RunJobFlow",
        """{"instances":{"instanceGroups":[{"instanceType":"m5.xlarge","instanceCount":1}]},"managedScalingPolicy":{"computeLimits":{"maximumCapacityUnits":100}}}""", 0.23, 23)]
    [InlineData("batch", "CreateComputeEnvironment", """{"computeEnvironmentName":"e","computeResources":{"type":"EC2","minvCpus":0,"maxvCpus":192,"instanceTypes":["g5"]}}""", 0, 48.3)]
    [InlineData("batch", "CreateComputeEnvironment", """{"computeEnvironmentName":"e","computeResources":{"type":"FARGATE","maxvCpus":100}}""", 0, 4.94)]
    [InlineData("eks", "CreateNodegroup", """{"name":"c","nodegroupName":"n","instanceTypes":["g5.xlarge"],"scalingConfig":{"desiredSize":10,"maxSize":100}}""", 10.06, 100.6)]
    [InlineData("glue", "CreateSession", """{"id":"s","workerType":"G.2X","numberOfWorkers":10}""", 8.8, 0)]
    [InlineData("glue", "CreateJob", """{"name":"j","maxCapacity":"2.5"}""", 0, 1.1)]
    [InlineData("codebuild", "StartBuild", """{"projectName":"p","environmentTypeOverride":"LINUX_GPU_CONTAINER","computeTypeOverride":"BUILD_GENERAL1_LARGE"}""", 0, 39)]
    [InlineData("codebuild", "CreateFleet", """{"name":"f","baseCapacity":10,"environmentType":"LINUX_CONTAINER","computeType":"BUILD_GENERAL1_LARGE"}""", 12, 0)]
    [InlineData("bedrock", "CreateProvisionedModelThroughput", """{"modelId":"anthropic.claude-v2:1","modelUnits":3}""", 210, 0)]
    [InlineData("lightsail", "CreateInstances", """{"instanceNames":["a","b"],"bundleId":"2xlarge_3_0"}""", 0.44, 0)]
    [InlineData("gamelift", "CreateFleet", """{"name":"f","eC2InstanceType":"g4dn.xlarge","locations":[{"location":"eu-west-1"}]}""", 1.3, 0)]
    [InlineData("lambda", "PutProvisionedConcurrencyConfig", """{"functionName":"f","provisionedConcurrentExecutions":1000}""", 1.9, 0)]
    [InlineData("ec2", "AllocateHosts", """{"AllocateHostsRequest":{"InstanceFamily":"c5","Quantity":2}}""", 9, 0)]
    [InlineData("ec2", "CreateCapacityReservation", """{"CreateCapacityReservationRequest":{"InstanceType":"g5.xlarge","InstanceCount":10}}""", 10.06, 0)]
    public void A_call_costs_what_its_service_asks_for(string service, string name, string request, double usd, double most)
    {
        var cost = CostOf(service, name, request);

        Assert.NotNull(cost);
        Assert.InRange((double)cost.UsdPerHour, usd * 0.95, (usd * 1.05) + 0.001);
        Assert.InRange((double)(cost.MostUsdPerHour ?? 0), most * 0.95, Math.Max(most, usd) * 1.05 + 0.001);
    }

    [Theory]
    [InlineData("eks", "CreateNodegroup", """{"name":"c","nodegroupName":"n","instanceTypes":["g5.xlarge"],"scalingConfig":{"desiredSize":0,"maxSize":1}}""", "UpdateNodegroupConfig", """{"name":"c","nodegroupName":"n","scalingConfig":{"desiredSize":20,"maxSize":20}}""", 20.1)]
    [InlineData("autoscaling", "CreateAutoScalingGroup",
        """{"autoScalingGroupName":"g","minSize":0,"desiredCapacity":0,"maxSize":999,"mixedInstancesPolicy":{"launchTemplate":{"overrides":[{"instanceType":"g5.xlarge"},{"instanceType":"t3.nano"}]}}}""",
        "SetDesiredCapacity", """{"autoScalingGroupName":"g","desiredCapacity":20}""", 20.1)]
    public void What_was_defined_costs_nothing_until_it_runs(string service, string define, string definition, string run, string request, double usd)
    {
        var (defined, running) = (SignalOf(service, define, definition, 1)!, SignalOf(service, run, request, 2)!);

        foreach (var signals in new[] { new[] { defined, running }, [running, defined] })
            Assert.InRange((double)Total(signals), usd * 0.95, usd * 1.05);
        Assert.InRange((double)Total([running]), 0.01, 2.1);
    }

    [Fact]
    public void A_group_of_a_template_counts_at_the_template_s_price_however_it_gets_its_size_and_whatever_is_heard_of_first()
    {
        Signal[] signals =
        [
            SignalOf("autoscaling", "CreateLaunchConfiguration", """{"launchConfigurationName":"worker","instanceType":"g5.xlarge"}""", 1)!,
            SignalOf("autoscaling", "CreateAutoScalingGroup", """{"autoScalingGroupName":"g","minSize":0,"desiredCapacity":0,"maxSize":999,"launchConfigurationName":"worker"}""", 2)!,
            SignalOf("autoscaling", "UpdateAutoScalingGroup", """{"autoScalingGroupName":"g","desiredCapacity":20}""", 3)!,
        ];

        foreach (var order in new[] { new[] { 0, 1, 2 }, [2, 1, 0], [1, 0, 2] })
            Assert.InRange((double)Pricing.Of([.. order.Select(at => signals[at])]).Sum(signal => signal.Finding.Cost!.UsdPerHour), 20.0, 20.2);
    }

    [Theory]
    [InlineData("\"lowest-price\"", 0.0052)]
    [InlineData("\"prioritized\"", 1.006)]
    [InlineData("null", 1.006)]
    public void Of_alternatives_the_one_counts_that_the_call_says_AWS_takes(string strategy, double usd)
    {
        var cost = CostOf("autoscaling", "CreateAutoScalingGroup", $$$"""
            {"autoScalingGroupName":"g","minSize":1,"maxSize":1,"mixedInstancesPolicy":{"instancesDistribution":{"onDemandAllocationStrategy":{{{strategy}}} },
            "launchTemplate":{"overrides":[{"instanceType":"g5.xlarge"},{"instanceType":"t3.nano"}] } } }
            """);

        Assert.InRange((double)cost!.UsdPerHour, usd * 0.99, usd * 1.01);
    }

    [Fact]
    public void A_service_is_one_whether_it_is_named_or_has_its_ARN()
    {
        var made = CostOf("ecs", "CreateService", """{"cluster":"prod","serviceName":"web","desiredCount":2,"taskDefinition":"web:7"}""")!;
        var changed = CostOf(
            "ecs", "UpdateService",
            """{"cluster":"arn:aws:ecs:us-east-1:111122223333:cluster/prod","service":"arn:aws:ecs:us-east-1:111122223333:service/prod/web","desiredCount":4}""")!;
        Assert.Equal(made.Sets, changed.Sets);
    }

    [Fact]
    public void Neither_a_refused_nor_a_failed_call_nor_one_of_a_service_costs_anything()
    {
        foreach (var (detection, example) in Examples.All.Where(row => row.Detection.Evaluate(row.Example.Record(), Examples.Settings)?.Cost is not null))
        {
            foreach (var error in new[] { "AccessDenied", "Client.UnauthorizedOperation", "ResourceLimitExceeded", "Client.InsufficientInstanceCapacity", "Client.DryRunOperation" })
                Assert.Null(detection.Evaluate((example with { ErrorCode = error, Response = null }).Record(), Examples.Settings)?.Cost);
            Assert.Null(detection.Evaluate((example with { InvokedBy = "eks-nodegroup.amazonaws.com" }).Record(), Examples.Settings)?.Cost);
        }
    }

    [Fact]
    public void Money_adds_up_whatever_the_order_and_what_is_heard_twice_adds_nothing() => Properties.Holds(
        from picks in Gen.Choose(0, 10_000).ArrayOf(12) from seed in Gen.Choose(0, int.MaxValue - 1) select (picks, seed),
        drawn =>
        {
            var rows = Examples.All.Where(row => row.Detection.Evaluate(row.Example.Record(), Examples.Settings)?.Cost is not null).ToList();
            var signals = drawn.picks.Select((pick, at) => SignalOf(rows[pick % rows.Count].Example, at)!).ToArray();
            var shuffled = signals.ToArray();
            new Random(drawn.seed).Shuffle(shuffled);
            var twice = shuffled.Concat(signals).DistinctBy(signal => signal.EventId).ToArray();
            return Total(signals) == Total(shuffled) && Total(signals) == Total(twice);
        });

    [Fact]
    public void No_number_in_a_request_is_beyond_measure()
    {
        foreach (var (detection, example) in Examples.All.Where(row => row.Example.Request is not null && row.Detection.Evaluate(row.Example.Record(), Examples.Settings)?.Cost is not null))
        {
            foreach (var number in new[] { "9223372036854775807", "-9223372036854775808", "1e300", "\"99999999999999999999\"", "{}", "[]", "null" })
            {
                var request = Numbers(JsonNode.Parse(example.Request!)!, number).ToJsonString();
                var cost = detection.Evaluate((example with { Request = request }).Record(), Examples.Settings)?.Cost;
                Assert.InRange(cost?.UsdPerHour ?? 0, 0, 1_000_000_000_000m);
                Assert.InRange(cost?.MostUsdPerHour ?? 0, 0, 1_000_000_000_000m);
            }
        }
    }

    private static JsonNode Numbers(JsonNode node, string number) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => new KeyValuePair<string, JsonNode?>(member.Key, member.Value is null ? null : Numbers(member.Value, number)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Numbers(item, number))]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => JsonNode.Parse(number)!,
        _ => node.DeepClone(),
    };

    private static Cost? CostOf(string service, string name, string request) => SignalOf(service, name, request, 0)?.Finding.Cost;

    private static Signal? SignalOf(string service, string name, string request, int at) =>
        SignalOf(DetectionExample.Match("x", $"{service}.amazonaws.com", name, request), at);

    private static Signal? SignalOf(DetectionExample example, int at)
    {
        var record = example.Record();
        return DetectionCatalogue.All
            .Select(detection => (detection.Descriptor, Finding: detection.Descriptor.Selectors.Any(selector => selector.Accepts(record)) ? detection.Evaluate(record, Examples.Settings) : null))
            .Where(found => found.Finding?.Cost is not null)
            .Select(found => new Signal(found.Descriptor.Id, found.Descriptor.Category, $"e{at}", record.Time, record.Actor, record.Region, record.Outcome, found.Finding!))
            .SingleOrDefault();
    }

    private static decimal Total(IEnumerable<Signal> signals)
    {
        var spending = new Spending();
        foreach (var signal in Pricing.Of([.. signals]))
            spending.Count(signal.Finding.Cost!, 1);
        return spending.Micros / 1_000_000m;
    }
}
