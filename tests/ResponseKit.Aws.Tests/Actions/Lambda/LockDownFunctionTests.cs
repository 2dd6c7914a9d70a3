using Amazon.Lambda.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Actions.Lambda;
using ResponseKit.Emulator;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Actions.Lambda;

public sealed class LockDownFunctionTests(EmulatorFixture emulator) : ActionContract<LockDownFunction>(emulator)
{
    protected override IEnumerable<ActionScenario> Scenarios =>
    [
        new("a function with a public URL on itself and on an alias, public statements everywhere, and event sources", stage => FunctionAsync(
            stage, "backdoor", async function =>
            {
                await function.PublishAsync("live");
                await function.OpenUrlAsync();
                await function.OpenUrlAsync("live");
                await function.AllowAsync("anyone", "*");
                await function.AllowAsync("anyone", "*", "1");
                await function.AllowAsync("any-bucket", "*", "live", request => request.SourceArn = "arn:aws:s3:::*");
                await function.AllowAsync("colleague", "111122223333");
                await function.FeedAsync("orders");
                await function.FeedAsync("invoices", alias: "live");
                await function.FeedAsync("off", enabled: false);
            })),
        new("a bare function with a name of 64 characters and a concurrency of its own", stage => FunctionAsync(
            stage, new string('f', 64), function => function.Lambda.PutFunctionConcurrencyAsync(
                new PutFunctionConcurrencyRequest { FunctionName = function.Name, ReservedConcurrentExecutions = 7 }))),
        new("a function that is stopped already", stage => FunctionAsync(
            stage, "stopped", function => function.Lambda.PutFunctionConcurrencyAsync(
                new PutFunctionConcurrencyRequest { FunctionName = function.Name, ReservedConcurrentExecutions = 0 })))
        {
            Outcome = ReceiptStatus.AlreadyInPlace,
        },
        new("a function that is gone", stage => Task.FromResult(new Arrangement(stage.Resource(ResourceKind.LambdaFunction, "ghost"))
        {
            Snapshot = () => Task.FromResult("no such function"),
        }))
        {
            Outcome = ReceiptStatus.AlreadyInPlace,
        },
    ];

    [Fact]
    public async Task Stops_the_function_before_it_reads_anything_else()
    {
        using var account = Emulator.NewAccount();
        var function = await FunctionSeed.CreateAsync(Emulator, account, "miner");
        await function.OpenUrlAsync();
        var harness = await ActionHarness.CreateAsync(new LockDownFunction(), account);

        await harness.ApplyAsync(Target(account));

        Assert.Equal(["lambda:GetFunctionConcurrency", "lambda:PutFunctionConcurrency"], harness.LastCalls.Take(2).Select(call => call.Call));
        // The SDK tries throttled calls again, and wraps the refusal when it gives up.
        var refusal = await Assert.ThrowsAnyAsync<Exception>(
            () => function.Lambda.InvokeAsync(new InvokeRequest { FunctionName = "miner", Payload = "{}" }));
        Assert.IsType<TooManyRequestsException>(refusal is AmazonClientException ? refusal.InnerException : refusal);
    }

    [Fact]
    public async Task Removes_every_public_statement_and_keeps_the_private_ones()
    {
        using var account = Emulator.NewAccount();
        var function = await FunctionSeed.CreateAsync(Emulator, account, "miner");
        await function.PublishAsync("live");
        await function.AllowAsync("public", "*", "live");
        await function.AllowAsync("public-like", "*", "live", request => request.SourceArn = "arn:aws:s3:::*");
        await function.AllowAsync("one-bucket", "*", "live", request => request.SourceArn = "arn:aws:s3:::invoices");
        await function.AllowAsync("own-account", "*", "live", request => request.SourceAccount = account.Id);
        await function.AllowAsync("own-organization", "*", "live", request => request.PrincipalOrgID = "o-exampleorgid");
        await function.AllowAsync("colleague", "111122223333", "live");
        await function.AllowAsync("s3", "s3.amazonaws.com", "live");
        var harness = await ActionHarness.CreateAsync(new LockDownFunction(), account);

        await harness.ApplyAsync(Target(account));

        Assert.Equal(
            ["colleague", "one-bucket", "own-account", "own-organization", "s3"], await function.StatementIdsAsync("live"));
    }

    [Fact]
    public async Task What_an_attacker_opens_again_is_found_broken_and_shut_again()
    {
        using var account = Emulator.NewAccount();
        var function = await FunctionSeed.CreateAsync(Emulator, account, "miner");
        await function.OpenUrlAsync();
        var harness = await ActionHarness.CreateAsync(new LockDownFunction(), account);
        await harness.ApplyAsync(Target(account));
        await function.OpenUrlAsync();

        Assert.Equal(ReceiptStatus.Broken, (await harness.VerifyAsync(Target(account))).Status);
        Assert.Equal(ReceiptStatus.Applied, (await harness.ApplyAsync(Target(account))).Status);
        Assert.Equal(ReceiptStatus.Holds, (await harness.VerifyAsync(Target(account))).Status);
    }

    [Fact]
    public async Task A_function_that_cannot_be_stopped_is_shut_all_the_same()
    {
        using var account = Emulator.NewAccount();
        var function = await FunctionSeed.CreateAsync(Emulator, account, "miner");
        await function.OpenUrlAsync();
        await account.AddFaultAsync(new()
        {
            Kind = EmulatorFaultKind.Error,
            Service = "lambda",
            Action = "PutFunctionConcurrency",
            Code = "InvalidParameterValueException",
            Message = "Specified ReservedConcurrentExecutions for function should not be less than provisioned concurrency.",
        });
        var harness = await ActionHarness.CreateAsync(new LockDownFunction(), account);

        var receipt = await harness.ApplyAsync(Target(account));

        Assert.Equal(ReceiptStatus.Failed, receipt.Status);
        Assert.Contains("provisioned concurrency", receipt.Message, StringComparison.Ordinal);
        Assert.Empty(await function.StatementIdsAsync());
    }

    [Fact]
    public async Task Undoing_tolerates_that_the_function_is_gone()
    {
        using var account = Emulator.NewAccount();
        var function = await FunctionSeed.CreateAsync(Emulator, account, "miner");
        await function.OpenUrlAsync();
        var harness = await ActionHarness.CreateAsync(new LockDownFunction(), account);
        await harness.ApplyAsync(Target(account));
        await function.Lambda.DeleteFunctionAsync(new DeleteFunctionRequest { FunctionName = "miner" });

        Assert.Equal(ReceiptStatus.AlreadyInPlace, (await harness.RevertAsync(Target(account))).Status);
    }

    private static ResourceRef Target(TestAccount account) => account.Resource(ResourceKind.LambdaFunction, "miner");

    private async Task<Arrangement> FunctionAsync(ScenarioStage stage, string name, Func<FunctionSeed, Task> furnish)
    {
        var function = await FunctionSeed.CreateAsync(Emulator, stage.Account, name);
        await furnish(function);
        return new Arrangement(stage.Resource(ResourceKind.LambdaFunction, name))
        {
            Snapshot = function.StateAsync,
            AfterApply = async () => Assert.DoesNotContain("\"*\"", await function.StateAsync(), StringComparison.Ordinal),
        };
    }
}
