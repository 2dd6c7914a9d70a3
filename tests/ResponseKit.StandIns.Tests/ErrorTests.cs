using System.Net;
using System.Xml;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using ResponseKit.StandIns.Tests.Wire;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.StandIns.Tests;

public sealed class ErrorTests
{
    [Fact]
    public async Task Ec2_errors_carry_their_code()
    {
        await using var server = new AnsweringServer(Answer.Ec2Error("OperationNotPermitted", "protected", 400));
        using var ec2 = server.Ec2();

        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.TerminateInstancesAsync(new TerminateInstancesRequest(["i-1"])));

        Assert.Equal(("OperationNotPermitted", "protected", "req-1"), (error.ErrorCode, error.Message, error.RequestId));
        Assert.Equal(HttpStatusCode.BadRequest, error.StatusCode);
    }

    [Fact]
    public async Task An_error_that_the_operation_lists_has_a_class_of_its_own()
    {
        await using var server = new AnsweringServer(Answer.QueryError("NoSuchEntity", "no user", 404));
        using var iam = server.Iam();

        var error = await Assert.ThrowsAsync<NoSuchEntityException>(() => iam.GetUserAsync(new GetUserRequest { UserName = "u" }));

        Assert.Equal(("NoSuchEntity", "no user", "req-2", ErrorType.Sender), (error.ErrorCode, error.Message, error.RequestId, error.ErrorType));
    }

    [Fact]
    public async Task An_error_that_the_operation_does_not_list_has_the_base_class()
    {
        await using var server = new AnsweringServer(Answer.QueryError("NoSuchEntity", "no users", 404));
        using var iam = server.Iam();

        var error = await Assert.ThrowsAnyAsync<AmazonIdentityManagementServiceException>(() => iam.ListUsersAsync());

        Assert.Equal(typeof(AmazonIdentityManagementServiceException), error.GetType());
        Assert.Equal("NoSuchEntity", error.ErrorCode);
    }

    [Fact]
    public async Task A_fault_is_an_exception_in_name_and_keeps_its_code()
    {
        await using var server = new AnsweringServer(Answer.QueryError("ResourceInUse", "activities in progress", 400));
        using var autoScaling = server.AutoScaling();

        var error = await Assert.ThrowsAsync<Amazon.AutoScaling.Model.ResourceInUseException>(
            () => autoScaling.DeleteAutoScalingGroupAsync(new DeleteAutoScalingGroupRequest { AutoScalingGroupName = "g" }));

        Assert.IsAssignableFrom<AmazonAutoScalingException>(error);
        Assert.Equal("ResourceInUse", error.ErrorCode);
    }

    [Theory]
    [InlineData("""{"__type":"ClusterNotFoundException","message":"gone"}""", null)]
    [InlineData("""{"__type":"com.amazonaws.ecs#ClusterNotFoundException","Message":"gone"}""", null)]
    [InlineData("""{"message":"gone"}""", "ClusterNotFoundException:http://internal.amazon.com/coral/")]
    public async Task A_json_error_is_named_by_body_or_header(string body, string? header)
    {
        var answer = Answer.Json(body, 400);
        await using var server = new AnsweringServer(header is null ? answer : answer with { Headers = new() { ["x-amzn-ErrorType"] = header } });
        using var ecs = server.Ecs();

        var error = await Assert.ThrowsAsync<ClusterNotFoundException>(() => ecs.DeleteClusterAsync(new DeleteClusterRequest { Cluster = "c" }));

        Assert.Equal(("ClusterNotFoundException", "gone"), (error.ErrorCode, error.Message));
    }

    [Fact]
    public async Task A_json_error_carries_the_members_of_its_model()
    {
        await using var server = new AnsweringServer(
            Answer.Json("""{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","message":"Rate Exceeded."}""", 429) with
            {
                Headers = new() { ["x-amzn-ErrorType"] = "TooManyRequestsException" },
            });
        using var lambda = server.Lambda();

        var error = await Assert.ThrowsAsync<Amazon.Lambda.Model.TooManyRequestsException>(
            () => lambda.InvokeAsync(new InvokeRequest { FunctionName = "f" }));

        Assert.Equal("ReservedFunctionConcurrentInvocationLimitExceeded", error.Reason);
    }

    [Fact]
    public async Task An_answer_from_something_else_than_aws_is_still_a_service_error()
    {
        await using var server = new AnsweringServer(new Answer(403, "text/html", "<html><p>proxy"u8.ToArray()));
        using var ec2 = server.Ec2();
        using var ecs = server.Ecs();

        var xml = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.DescribeRegionsAsync());
        var json = await Assert.ThrowsAsync<AmazonECSException>(() => ecs.ListClustersAsync(new ListClustersRequest()));

        Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden], [xml.StatusCode, json.StatusCode]);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_an_error_as_in_the_official_clients()
    {
        await using var xml = new AnsweringServer(Answer.Xml("<R><regionInfo><item>"));
        await using var json = new AnsweringServer(Answer.Json("""{"clusterArns":["""));
        using var ec2 = xml.Ec2();
        using var ecs = json.Ecs();

        await Assert.ThrowsAsync<XmlException>(() => ec2.DescribeRegionsAsync());
        await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => ecs.ListClustersAsync(new ListClustersRequest()));
    }

    [Fact]
    public async Task Nobody_listening_is_a_network_error_and_no_service_error()
    {
        var server = new AnsweringServer(Answer.Json("{}"));
        using var ecs = server.Ecs();
        await server.DisposeAsync();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => ecs.ListClustersAsync(new ListClustersRequest()));

        Assert.IsNotType<AmazonECSException>(error, exactMatch: false);
    }
}
