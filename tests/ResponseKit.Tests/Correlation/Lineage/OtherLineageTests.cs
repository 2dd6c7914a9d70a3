using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation.Lineage;

public sealed class OtherLineageTests
{
    private const string Here = "us-east-1:111122223333:";

    [Theory]
    [InlineData("CreateAutoScalingGroup", "Created")]
    [InlineData("UpdateAutoScalingGroup", "Altered")]
    [InlineData("SetDesiredCapacity", "Altered")]
    public void Groups_are_made_and_altered(string operation, string relation) => Assert.Equal(
        [$"{relation} arn:aws:autoscaling:{Here}autoScalingGroup:*:autoScalingGroupName/SPOT-*/g"],
        Read.Lineage(Sample.Of("autoscaling", operation, """{"autoScalingGroupName":"SPOT-*/g"}""")));

    [Theory]
    [InlineData("CreateSchedule", """{"name":"nightly","groupName":"batch"}""", "Created", "batch/nightly")]
    [InlineData("CreateSchedule", """{"name":"nightly"}""", "Created", "default/nightly")]
    [InlineData("CreateSchedule", """{"Name":"nightly","GroupName":"batch"}""", "Created", "batch/nightly")]
    [InlineData("UpdateSchedule", """{"name":"nightly","groupName":"batch"}""", "Altered", "batch/nightly")]
    public void Schedules_are_made_and_changed_in_their_group(string operation, string request, string relation, string name) =>
        Assert.Equal([$"{relation} arn:aws:scheduler:{Here}schedule/{name}"], Read.Lineage(Sample.Of("scheduler", operation, request)));

    [Theory]
    [InlineData("null")]
    [InlineData("""{"groupName":"batch"}""")]
    [InlineData("""{"name":7,"groupName":"batch"}""")]
    [InlineData("""{"name":"arn:aws:scheduler:us-east-1:444455556666:schedule/default/x*","groupName":"batch"}""")]
    public void A_schedule_without_a_name_that_could_be_one_is_none(string request) => Assert.Empty(Read.Lineage(Sample.Of("scheduler", "CreateSchedule", request)));

    [Fact]
    public void An_instance_that_was_taken_out_of_a_group_is_neither_made_nor_changed()
    {
        var request = """{"autoScalingGroupName":"g","instanceIds":["i-0123456789abcdef0","i-0123456789abcdef1","x"],"shouldDecrementDesiredCapacity":true}""";
        Assert.Equal(
            [$"Detached arn:aws:ec2:{Here}instance/i-0123456789abcdef0", $"Detached arn:aws:ec2:{Here}instance/i-0123456789abcdef1"],
            Read.Lineage(Sample.Of("autoscaling", "DetachInstances", request)));
    }

    [Theory]
    [InlineData("activeServicesCount")]
    [InlineData("runningTasksCount")]
    [InlineData("pendingTasksCount")]
    [InlineData("registeredContainerInstancesCount")]
    public void A_cluster_with_anything_in_it_was_not_made_by_the_call_that_answers_with_it(string count)
    {
        string Answer(int number) => $$"""{"cluster":{"clusterName":"prod","clusterArn":"arn:aws:ecs:us-east-1:111122223333:cluster/prod","status":"ACTIVE","{{count}}":{{number}}} }""";
        Assert.Equal([$"Mentioned arn:aws:ecs:{Here}cluster/prod"], Read.Lineage(Sample.Of("ecs", "CreateCluster", """{"clusterName":"prod"}""", Answer(1))));
        Assert.Equal([$"Created arn:aws:ecs:{Here}cluster/prod"], Read.Lineage(Sample.Of("ecs", "CreateCluster", """{"clusterName":"prod"}""", Answer(0))));
    }

    [Fact]
    public void A_service_that_was_there_before_was_not_made_by_the_call_that_answers_with_it() => Assert.Equal(
        [$"Mentioned arn:aws:ecs:{Here}service/prod/web"],
        Read.Lineage(Sample.Of(
            "ecs", "CreateService", """{"serviceName":"web","cluster":"prod"}""",
            """{"service":{"serviceArn":"arn:aws:ecs:us-east-1:111122223333:service/prod/web","createdAt":"Mar 3, 2025, 8:00:00 AM"}}""")));

    [Theory]
    [InlineData("""{"functionName":"f","description":"x"}""", "Mentioned")]
    [InlineData("""{"functionName":"f","timeout":30,"memorySize":1024}""", "Mentioned")]
    [InlineData("""{"functionName":"f","description":"x","role":"arn:aws:iam::111122223333:role/admin"}""", "Altered")]
    [InlineData("""{"functionName":"f","layers":["arn:aws:lambda:us-east-1:444455556666:layer:l:1"]}""", "Altered")]
    [InlineData("""{"functionName":"f","environment":{}}""", "Altered")]
    [InlineData("""{"functionName":"f","somethingNew":1}""", "Altered")]
    public void A_function_is_altered_by_what_changes_what_it_does(string request, string relation) =>
        Assert.Equal([$"{relation} arn:aws:lambda:{Here}function:f"], Read.Lineage(Sample.Of("lambda", "UpdateFunctionConfiguration20150331v2", request)));

    [Theory]
    [InlineData("""{"clusterName":"mine"}""", "mine")]
    [InlineData("{}", "default")]
    [InlineData("null", "default")]
    public void A_cluster_is_named_or_the_default(string request, string name) =>
        Assert.Equal([$"Created arn:aws:ecs:{Here}cluster/{name}"], Read.Lineage(Sample.Of("ecs", "CreateCluster", request)));

    [Theory]
    [InlineData("""{"serviceName":"s","cluster":"c"}""", "null", "c/s")]
    [InlineData("""{"serviceName":"s","cluster":"arn:aws:ecs:us-east-1:111122223333:cluster/c"}""", "null", "c/s")]
    [InlineData("""{"serviceName":"s"}""", "null", "default/s")]
    [InlineData("""{"serviceName":"s","cluster":"c"}""", """{"service":{"serviceArn":"arn:aws:ecs:us-east-1:111122223333:service/c/s"}}""", "c/s")]
    [InlineData("""{"serviceName":"s","cluster":"c"}""", """{"service":{"serviceArn":"arn:aws:ecs:us-east-1:111122223333:service/s"}}""", "c/s")]
    public void A_service_is_named_with_its_cluster(string request, string response, string name)
    {
        Assert.Equal([$"Created arn:aws:ecs:{Here}service/{name}"], Read.Lineage(Sample.Of("ecs", "CreateService", request, response)));
        Assert.Equal([$"Altered arn:aws:ecs:{Here}service/{name}"], Read.Lineage(Sample.Of("ecs", "UpdateService", request.Replace("serviceName", "service"), response)));
    }

    [Theory]
    [InlineData("RunTask")]
    [InlineData("StartTask")]
    public void Tasks_are_read_from_the_answer(string operation) => Assert.Equal(
        [$"Created arn:aws:ecs:{Here}task/c/1", $"Created arn:aws:ecs:{Here}task/c/2"],
        Read.Lineage(Sample.Of(
            "ecs", operation, """{"cluster":"c"}""",
            """{"tasks":[{"taskArn":"arn:aws:ecs:us-east-1:111122223333:task/c/1"},{"taskArn":"arn:aws:ecs:us-east-1:111122223333:task/2"},{}]}""")));

    [Fact]
    public void A_task_definition_is_read_from_the_answer()
    {
        Assert.Equal(
            [$"Created arn:aws:ecs:{Here}task-definition/miner:3"],
            Read.Lineage(Sample.Of(
                "ecs", "RegisterTaskDefinition", """{"family":"miner"}""",
                """{"taskDefinition":{"taskDefinitionArn":"arn:aws:ecs:us-east-1:111122223333:task-definition/miner:3"}}""")));
        Assert.Empty(Read.Lineage(Sample.Of("ecs", "RegisterTaskDefinition", """{"family":"miner"}""")));
        Assert.Empty(Read.Lineage(Sample.Of("ecs", "CreateService", "null")));
    }

    [Theory]
    [InlineData("f")]
    [InlineData("f:PROD")]
    [InlineData("111122223333:function:f")]
    [InlineData("111122223333:function:f:7")]
    [InlineData("arn:aws:lambda:us-east-1:111122223333:function:f")]
    [InlineData("arn:aws:lambda:us-east-1:111122223333:function:f:PROD")]
    public void A_function_is_read_in_all_its_spellings(string name)
    {
        Assert.Equal([$"Created arn:aws:lambda:{Here}function:f"], Read.Lineage(Sample.Of("lambda", "CreateFunction20150331", $$"""{"functionName":"{{name}}"}""")));
        foreach (var operation in new[] { "AddPermission20150331v2", "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig", "UpdateFunctionCode20150331v2", "UpdateFunctionConfiguration20150331v2" })
            Assert.Equal([$"Altered arn:aws:lambda:{Here}function:f"], Read.Lineage(Sample.Of("lambda", operation, $$"""{"functionName":"{{name}}"}""")));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"functionName":""}""")]
    [InlineData("""{"functionName":"arn:aws:lambda:us-east-1:999988887777:function:theirs"}""")]
    public void A_function_that_is_not_told_or_not_of_the_account_makes_nothing(string request) =>
        Assert.Empty(Read.Lineage(Sample.Of("lambda", "CreateFunction20150331", request)));
}
