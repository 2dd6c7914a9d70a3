using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions.AutoScaling;
using ResponseKit.Aws.Actions.Ecs;
using ResponseKit.Aws.Actions.Iam;
using ResponseKit.Aws.Execution;
using ResponseKit.Aws.Tests.Actions.AutoScaling;
using ResponseKit.Aws.Tests.Actions.Ecs;
using ResponseKit.Aws.Tests.Actions.Iam;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Execution;

/// <summary>
/// An action whose process is killed before, after and between any of its calls and saves, and that is asked again: as if nothing had happened.
/// </summary>
public sealed partial class CrashTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = "us-east-1";

    [Fact]
    public Task A_user_is_contained_all_the_same_wherever_the_process_was_killed() => KillEverywhereAsync(
        new ContainUser(), new ActionScenario("a user with a key, a password and a policy", async stage =>
        {
            var iam = stage.Admin.Iam(Region);
            await iam.CreateUserAsync(new CreateUserRequest { UserName = "ci-bot" });
            await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = "ci-bot", PolicyName = "own", PolicyDocument = IamSeed.AllowAll });
            await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = "ci-bot", Password = "correct-Horse-7" });
            var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "ci-bot" })).AccessKey;
            return new Arrangement(stage.Resource(ResourceKind.IamUser, "ci-bot"))
            {
                Options = ImmutableSortedDictionary<string, string>.Empty.Add("accessKeyId", key.AccessKeyId),
                Snapshot = () => IamSeed.UserStateAsync(iam, "ci-bot"),
            };
        }));

    [Fact]
    public Task A_group_is_emptied_all_the_same_wherever_the_process_was_killed() => KillEverywhereAsync(
        new ScaleToZero(), new ScaleToZeroTests(emulator).ByName["a group held by everything that can hold one"]);

    [Fact]
    public Task A_cluster_is_torn_down_all_the_same_wherever_the_process_was_killed() => KillEverywhereAsync(
        new TearDownCluster(), new TearDownClusterTests(emulator).ByName["a cluster of which the record and everything in it say that the actor made it"]);

    private async Task KillEverywhereAsync(IResponseAction action, ActionScenario scenario)
    {
        var reference = await LiveAsync(action, scenario, moment: null, resumes: true);
        Assert.True(reference.Moments >= 8, $"Only {reference.Moments} moments were found to be killed at.");
        var (problems, killed) = (new ConcurrentBag<string>(), 0);
        // Undone without having been asked again, where it can be undone.
        var lives = Enumerable.Range(1, reference.Moments).SelectMany(moment => scenario.RevertRestores ? new[] { (moment, true), (moment, false) } : [(moment, true)]);
        var all = lives.ToList();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (which, _) =>
        {
            var (moment, resumes) = which;
            var life = await LiveAsync(action, scenario, moment, resumes);
            if (life.WasKilled)
                Interlocked.Increment(ref killed);
            foreach (var problem in life.Problems(reference))
                problems.Add($"killed {life.At} (moment {moment}), {(resumes ? "asked again" : "not asked again")}: {problem}");
        });
        // A call that is repeated until AWS has settled is made less often on some days, so that the last moments never come.
        Assert.InRange(killed, all.Count * 8 / 10, all.Count);
        Assert.True(problems.IsEmpty, $"{problems.Count} problems at {reference.Moments} moments:\n{string.Join('\n', problems.Order(StringComparer.Ordinal))}");
    }

    private async Task<Life> LiveAsync(IResponseAction action, ActionScenario scenario, int? moment, bool resumes)
    {
        using var account = emulator.NewAccount();
        var arranged = await scenario.Arrange(new ScenarioStage(account, Region));
        var harness = await ActionHarness.CreateAsync(action, account, Region, arranged.Guards);
        var before = await arranged.Snapshot();
        var point = new CrashPoint(moment);

        var crashed = await point.CrashesAsync(() => harness.RunAsync(ActionMode.Apply, arranged.Targets, arranged.Options));
        Assert.False(crashed && moment is null);
        if (crashed && resumes)
        {
            var again = await harness.RunAsync(ActionMode.Apply, arranged.Targets, arranged.Options);
            Assert.True(again.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace, $"Killed {point.What}, and asked again, it ended {again.Status}: {again.Message}");
            await arranged.AfterApply();
        }

        var after = await arranged.Snapshot();
        var kept = harness.Receipts.All.SingleOrDefault();
        if (kept is not null)
            await harness.RunAsync(ActionMode.Revert, arranged.Targets, arranged.Options);
        return new Life(
            crashed, resumes || !crashed, point.Moments, point.What, Plain(after), StepsOf(kept, scenario, outcome => outcome is StepOutcome.Applied), StepsOf(kept, scenario, outcome => outcome.MayHaveChanged),
            !scenario.RevertRestores || await arranged.Snapshot() == before);
    }

    // What was there before matters where it is put back; elsewhere it is evidence of how things stood when the step was taken.
    private static ImmutableHashSet<string> StepsOf(ActionReceipt? receipt, ActionScenario scenario, Func<StepOutcome, bool> isCounted) =>
    [
        .. (receipt?.Steps ?? []).Where(step => isCounted(step.Outcome))
            .Select(step => Plain($"{step.Key} {step.Call} {(scenario.RevertRestores ? step.Before?.ToJsonString() : "")}")),
    ];

    private static string Plain(string text) => Varying().Replace(text, "#");

    // Accounts, ids and times, which differ from run to run.
    [GeneratedRegex(@"\b[0-9]{12}\b|\b[A-Za-z0-9]{16,}\b|\b(?:i|subnet|sg|vpc|lt)-[0-9a-f]{17}\b|\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\d{4}-\d\d-\d\dT[0-9:.+Z-]+")]
    private static partial Regex Varying();

    private sealed record Life(bool WasKilled, bool Resumed, int Moments, string At, string State, ImmutableHashSet<string> Applied, ImmutableHashSet<string> MayHaveChanged, bool Restored)
    {
        public IEnumerable<string> Problems(Life reference)
        {
            if (!Restored)
                yield return "undoing does not give back what was there before";
            if (!Applied.IsSubsetOf(reference.Applied))
                yield return $"the receipt says that was done which never is: {List(Applied.Except(reference.Applied))}";
            if (!Resumed)
                yield break;
            if (State != reference.State)
                yield return $"another state:\n{State}\ninstead of\n{reference.State}";
            if (!reference.Applied.IsSubsetOf(MayHaveChanged))
                yield return $"missing in the receipt: {List(reference.Applied.Except(MayHaveChanged))}";
        }

        private static string List(IEnumerable<string> steps) => string.Join("; ", steps.Order(StringComparer.Ordinal));
    }
}
