using System.Text;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using ResponseKit.StandIns.Tests.Wire;

namespace ResponseKit.StandIns.Tests;

public sealed class RestProtocolTests
{
    [Fact]
    public async Task Labels_go_into_the_path_and_the_rest_into_the_query_string()
    {
        await using var server = new AnsweringServer(new Answer(204, "application/json", []));
        using var lambda = server.Lambda();

        await lambda.RemovePermissionAsync(new RemovePermissionRequest
        {
            FunctionName = "arn:aws:lambda:us-east-1:111122223333:function:f",
            StatementId = "a b/c",
            Qualifier = "live&x",
        });

        Assert.Equal("DELETE", server.Request.Method);
        Assert.Equal(
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A111122223333%3Afunction%3Af/policy/a%20b%2Fc?Qualifier=live%26x",
            server.Request.Target);
        Assert.Empty(server.Request.Body);
    }

    [Fact]
    public async Task What_is_left_is_the_body()
    {
        await using var server = new AnsweringServer(Answer.Json("""{"ReservedConcurrentExecutions":0}"""));
        using var lambda = server.Lambda();

        var answer = await lambda.PutFunctionConcurrencyAsync(new PutFunctionConcurrencyRequest { FunctionName = "f", ReservedConcurrentExecutions = 0 });

        Assert.Equal(("PUT", "/2017-10-31/functions/f/concurrency"), (server.Request.Method, server.Request.Target));
        Assert.Equal("""{"ReservedConcurrentExecutions":0}""", server.Request.Text);
        Assert.Equal("application/json", server.Request.Headers["Content-Type"]);
        Assert.Equal(0, answer.ReservedConcurrentExecutions);
    }

    [Fact]
    public async Task A_missing_label_is_refused_before_anything_is_sent()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var lambda = server.Lambda();

        await Assert.ThrowsAsync<AmazonLambdaException>(() => lambda.GetPolicyAsync(new GetPolicyRequest()));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_invocation_sends_and_returns_bytes_as_they_are()
    {
        await using var server = new AnsweringServer(new Answer(200, "application/json", Encoding.UTF8.GetBytes("""{"errorMessage":"no"}"""))
        {
            Headers = new() { ["X-Amz-Function-Error"] = "Unhandled", ["X-Amz-Executed-Version"] = "$LATEST" },
        });
        using var lambda = server.Lambda();

        var answer = await lambda.InvokeAsync(new InvokeRequest
        {
            FunctionName = "f",
            InvocationType = InvocationType.RequestResponse,
            LogType = LogType.Tail,
            PayloadStream = new MemoryStream("{ \"x\" : 1 }"u8.ToArray()),
        });

        Assert.Equal(("POST", "/2015-03-31/functions/f/invocations"), (server.Request.Method, server.Request.Target));
        Assert.Equal("{ \"x\" : 1 }", server.Request.Text);
        Assert.Equal("RequestResponse", server.Request.Headers["X-Amz-Invocation-Type"]);
        Assert.Equal("Tail", server.Request.Headers["X-Amz-Log-Type"]);
        Assert.Equal("""{"errorMessage":"no"}""", Encoding.UTF8.GetString(answer.Payload.ToArray()));
        Assert.Equal(("Unhandled", "$LATEST", 200), (answer.FunctionError, answer.ExecutedVersion, answer.StatusCode));
    }

    [Fact]
    public async Task An_invocation_takes_text_and_needs_no_payload()
    {
        await using var server = new AnsweringServer(new Answer(202, "application/json", []));
        using var lambda = server.Lambda();

        await lambda.InvokeAsync(new InvokeRequest { FunctionName = "f", Payload = "\"ü\"" });
        var answer = await lambda.InvokeAsync(new InvokeRequest { FunctionName = "f", InvocationType = InvocationType.Event });

        Assert.Equal(["\"ü\"", ""], server.Requests.Select(r => r.Text));
        Assert.Equal(202, answer.StatusCode);
        Assert.Null(answer.FunctionError);
        Assert.Equal(0, answer.Payload.Length);
    }
}
