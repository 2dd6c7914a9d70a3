using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.StepFunctions;
using Amazon.StepFunctions.Model;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class StepFunctionsRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    [Fact]
    public async Task Starts_an_execution_once_a_name_and_tells_how_it_ended()
    {
        using var account = emulator.NewAccount();
        var role = await account.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest { RoleName = "machine", AssumeRolePolicyDocument = Trust });
        using var steps = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonStepFunctionsConfig(), "us-east-1"));
        const string definition = """{"StartAt":"Only","States":{"Only":{"Type":"Pass","End":true} } }""";
        var machine = await steps.CreateStateMachineAsync(new CreateStateMachineRequest { Name = "machine", Definition = definition, RoleArn = role.Role.Arn });

        var started = await steps.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine.StateMachineArn, Name = "once", Input = """{"n":1}""" });
        var ended = await EndAsync(steps, started.ExecutionArn);
        var again = () => steps.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine.StateMachineArn, Name = "once", Input = """{"n":2}""" });

        Assert.Equal(ExecutionStatus.SUCCEEDED, ended.Status);
        Assert.Equal("""{"n":1}""", ended.Output.Replace(" ", "", StringComparison.Ordinal));
        await Assert.ThrowsAsync<ExecutionAlreadyExistsException>(again);
    }

    [Fact]
    public async Task Lists_executions_by_name_and_state_page_by_page()
    {
        using var account = emulator.NewAccount();
        var role = await account.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest { RoleName = "machine", AssumeRolePolicyDocument = Trust });
        using var steps = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonStepFunctionsConfig(), "us-east-1"));
        const string definition = """{"StartAt":"Only","States":{"Only":{"Type":"Fail","Error":"On purpose"} } }""";
        var machine = await steps.CreateStateMachineAsync(new CreateStateMachineRequest { Name = "machine", Definition = definition, RoleArn = role.Role.Arn });
        var none = await steps.ListExecutionsAsync(new ListExecutionsRequest { StateMachineArn = machine.StateMachineArn });
        foreach (var name in new[] { "one", "two", "three" })
            await EndAsync(steps, (await steps.StartExecutionAsync(new StartExecutionRequest { StateMachineArn = machine.StateMachineArn, Name = name })).ExecutionArn);

        var listed = new List<ExecutionListItem>();
        await foreach (var page in steps.Paginators.ListExecutions(new ListExecutionsRequest { StateMachineArn = machine.StateMachineArn, MaxResults = 2 }).Responses)
        {
            Assert.InRange(page.Executions.Count, 1, 2);
            listed.AddRange(page.Executions);
        }

        Assert.Empty(none.Executions ?? []);
        Assert.Equal(["one", "three", "two"], listed.Select(execution => execution.Name).Order(StringComparer.Ordinal));
        Assert.All(listed, execution => Assert.Equal(ExecutionStatus.FAILED, execution.Status));
        Assert.All(listed, execution => Assert.EndsWith($":execution:machine:{execution.Name}", execution.ExecutionArn, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_nobody_waits_with_is_an_error_of_its_own_kind()
    {
        using var account = emulator.NewAccount();
        using var steps = new AmazonStepFunctionsClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonStepFunctionsConfig(), "us-east-1"));

        var give = () => steps.SendTaskSuccessAsync(new SendTaskSuccessRequest { TaskToken = "AQ==", Output = "{}" });

        await Assert.ThrowsAsync<InvalidTokenException>(give);
    }

    private static async Task<DescribeExecutionResponse> EndAsync(AmazonStepFunctionsClient steps, string execution)
    {
        for (var attempt = 0; ; attempt++)
        {
            var answer = await steps.DescribeExecutionAsync(new DescribeExecutionRequest { ExecutionArn = execution });
            if (answer.Status != ExecutionStatus.RUNNING || attempt == 100)
                return answer;
            await Task.Delay(100);
        }
    }
}
