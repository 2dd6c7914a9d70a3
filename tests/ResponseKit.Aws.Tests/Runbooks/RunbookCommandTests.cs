using System.Collections.Immutable;
using ResponseKit.Testing;
using ResponseKit.Testing.Commands;
using Xunit.Abstractions;

namespace ResponseKit.Aws.Tests.Runbooks;

/// <summary>Every command of every runbook is run, in a shell, with AWS's own command line where Python has it, against an account that has what the runbook names.</summary>
public sealed class RunbookCommandTests(EmulatorFixture emulator, ITestOutputHelper output) : IClassFixture<EmulatorFixture>, IDisposable
{
    // What AWS answers, too, at that point of the runbook, and the runbook says so.
    private static readonly ImmutableHashSet<(string Runbook, string Operation, string Error)> Refused =
    [
        ("autoscaling.delete-group", "autoscaling:UpdateAutoScalingGroup", "ValidationError"), // Revert: the group is gone by then.
        ("autoscaling.scale-to-zero", "autoscaling:DeleteWarmPool", "ValidationError"), // This group has none.
        ("ecs.tear-down-cluster", "ecs:ListServiceDeployments", "ClusterNotFoundException"), // Only where delete-service is refused, which it was not.
        ("ecs.tear-down-cluster", "ecs:StopServiceDeployment", "ServiceDeploymentNotFoundException"),
        ("iam.remove-password", "iam:GetLoginProfile", "NoSuchEntity"),
        ("lambda.lock-down-function", "lambda:GetPolicy", "ResourceNotFoundException"),
    ];

    // These got as far as the emulator, so operation and parameters are right; it cannot do them.
    private static readonly ImmutableHashSet<string> NotEmulated =
    [
        "bedrock:ListProvisionedModelThroughputs", "bedrock:DeleteProvisionedModelThroughput", "iam:ListOrganizationsFeatures", "lambda:ListProvisionedConcurrencyConfigs",
        "ses:GetAccount", "ses:PutAccountSendingAttributes", "sts:AssumeRoot",
    ];

    private static readonly Lock Gate = new();
    private static Task<RunbookRuns>? all;

    private static readonly ImmutableArray<string> Runbooks =
    [
        .. Directory.GetFiles(Repository.PathOf("runbooks"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(Repository.PathOf("runbooks"), file), null).Replace('\\', '/'))
            .Where(name => name is not "_template"),
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("responsekit-").FullName;

    public static TheoryData<string> Names => [.. Runbooks];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_command_is_run_and_refused_only_where_the_runbook_says_so(string name)
    {
        var run = Assert.Single((await AllAsync()).Runbooks, run => run.Name == name);

        Assert.Empty(run.Problems);
        Assert.Empty(run.Calls.Where(call => call.Code != 0 && !call.Operations.Any(operation => IsExpected(name, operation))));
        Assert.Empty(run.Errors.Where(line => !line.StartsWith("An error occurred (", StringComparison.Ordinal)));
        Assert.True(run.Calls.Length >= run.Written, $"{run.Written} commands are written, and {run.Calls.Length} were called.");
    }

    [Fact]
    public async Task No_exception_outlives_its_reason()
    {
        var runs = await AllAsync();
        var failed = runs.Runbooks.SelectMany(run => run.Calls.SelectMany(call => call.Operations).Where(one => one.Error is not null).Select(one => (run.Name, one.Operation, one.Error!))).ToList();

        Assert.Empty(Refused.Except(failed));
        Assert.Empty(NotEmulated.Except(failed.Select(one => one.Operation)));
        var calls = runs.Runbooks.Sum(run => run.Calls.Length);
        output.WriteLine(
            $"{calls} commands in {runs.Runbooks.Sum(run => run.Blocks)} blocks of {runs.Runbooks.Length} runbooks, by {runs.By}; "
            + $"{failed.Count(one => NotEmulated.Contains(one.Operation))} of them the emulator cannot do.");
        Assert.True(calls > 300);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_command_that_does_not_work_is_noticed(bool withoutCommandLine)
    {
        string[] wrong =
        [
            "aws iam list-userz", "aws iam list-access-keys --user ci-bot --nmae x", "aws iam get-user --user-name nobody-of-that-name", "aws iam list-roles --query Roles[].RoleName",
            "aws iam list-roles --query 'Roles[.RoleName'", "aws iam get-role --role-name \"$NOT_SET\"", "aws iam list-users | gerp x",
        ];
        foreach (var (at, command) in wrong.Index())
            await File.WriteAllTextAsync(Path.Combine(folder, $"{at}.md"), $"# Bad\n\nLook:\n\n```sh\naws sts get-caller-identity\n{command}\n```\n");

        var runs = await RunbookShell.RunAsync(folder, wrong.Select((_, at) => $"{at}"), emulator, withoutCommandLine);

        Assert.All(runs.Runbooks, run =>
        {
            Assert.True(run.Code != 0 || run.Calls.Any(call => call.Code != 0), string.Join('\n', run.Calls));
            Assert.NotEmpty(run.Errors);
        });
    }

    [Fact]
    public async Task Commands_in_sentences_are_run_and_those_that_are_only_named_must_exist()
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder, "prose.md"), "# Prose\n\nLook with `aws iam list-users --max-items\n5`, or `aws ec2 modify-fleet`; never `aws ec2 modify-fleat`.\n");

        var run = Assert.Single((await RunbookShell.RunAsync(folder, ["prose"], emulator)).Runbooks);

        Assert.Equal("iam list-users --max-items 5", string.Join(' ', Assert.Single(run.Calls).Words));
        Assert.Equal("`aws ec2 modify-fleat`: there is no such command", Assert.Single(run.Problems));
    }

    [Fact]
    public async Task Without_AWSs_own_command_line_the_same_calls_are_made()
    {
        string[] some = ["lambda.lock-down-function", "scenarios/stolen-instance-role"];
        var theirs = (await AllAsync()).Runbooks.ToDictionary(run => run.Name);

        var ours = await RunbookShell.RunAsync(Repository.PathOf("runbooks"), some, emulator, withoutCommandLine: true);

        Assert.Equal("aws_commands.py", ours.By);
        Assert.All(ours.Runbooks, run => Assert.Equal(theirs[run.Name].Calls.Select(Told), run.Calls.Select(Told)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static bool IsExpected(string name, RunbookOperation operation) =>
        operation.Status == 501 ? NotEmulated.Contains(operation.Operation) : operation.Error is { } error && Refused.Contains((name, operation.Operation, error));

    private static string Told(RunbookCall call) =>
        $"{string.Join(' ', call.Words.Take(2))}: {(call.Code == 0 ? "done" : "refused")} {string.Join(' ', call.Operations.Select(one => one.Operation).Distinct())}";

    // All of them once, for all tests: what takes long is to begin.
    private Task<RunbookRuns> AllAsync()
    {
        lock (Gate)
            return all ??= RunbookShell.RunAsync(Repository.PathOf("runbooks"), Runbooks, emulator);
    }
}
