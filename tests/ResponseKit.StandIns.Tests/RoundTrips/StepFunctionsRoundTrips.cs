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
