using System.Collections.Concurrent;
using System.Collections.Immutable;
using ResponseKit.Aws.Execution;
using ResponseKit.Emulator;
using ResponseKit.Response;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Testing;

/// <summary>
/// What every action must keep to. A test class derives from this, gives its scenarios, and inherits the tests below; each scenario is gone
/// through once, against the emulator, and all of the tests look at what happened.
/// </summary>
/// <typeparam name="TAction">The action.</typeparam>
public abstract class ActionContract<TAction>(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
    where TAction : IResponseAction, new()
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<IReadOnlyList<ActionLife>>>> LivesOfClasses = new();

    /// <summary>The emulated AWS, for the class's own tests.</summary>
    protected EmulatorFixture Emulator { get; } = emulator;

    /// <summary>The situations to try it in. Together they must make every call that the action declares.</summary>
    protected abstract IEnumerable<ActionScenario> Scenarios { get; }

    /// <summary>The situations by their names.</summary>
    public IReadOnlyDictionary<string, ActionScenario> ByName => Scenarios.ToDictionary(scenario => scenario.Name, StringComparer.Ordinal);

    [Fact]
    public Task A_plan_changes_nothing_and_lists_what_applying_then_does() => InEveryScenario(life =>
    {
        Assert.Equal(life.StateBefore, life.StatePlanned);
        Assert.Empty(life.Planned.Writes.Select(call => call.Call));
        Assert.Equal(life.Scenario.Outcome == ReceiptStatus.NotFound ? ReceiptStatus.NotFound : ReceiptStatus.Planned, life.Planned.Receipt.Status);

        var planned = life.Planned.StepsThat<StepOutcome.Planned>().Order(StringComparer.Ordinal).ToList();
        var done = life.Applied.StepsThat<StepOutcome.Applied>().Order(StringComparer.Ordinal).ToList();
        Assert.True(done.All(planned.Contains), $"Applied without being planned: {List(done.Except(planned))}.");
        var inPlace = life.Applied.StepsThat<StepOutcome.AlreadyInPlace>();
        Assert.True(planned.All(key => done.Contains(key) || inPlace.Contains(key)), $"Planned but not applied: {List(planned.Except(done).Except(inPlace))}.");
    });

    [Fact]
    public Task A_receipt_names_the_calls_that_were_made() => InEveryScenario(life =>
    {
        Assert.Equal(Written(life.Applied), Named(life.Applied));
        Assert.Equal(Written(life.Reverted), Named(life.Reverted));
    });

    [Fact]
    public Task Applying_reaches_a_state_that_verifying_says_holds() => InEveryScenario(life =>
    {
        Assert.True(life.Scenario.Outcome == life.Applied.Receipt.Status, $"Expected {life.Scenario.Outcome}, got {life.Applied.Receipt.Status}: {life.Applied.Receipt.Message}");
        Assert.True(IsHolding(life, life.Verified), life.Verified.Receipt.Message);
        Assert.Empty(life.Verified.Writes.Select(call => call.Call));
    });

    [Fact]
    public Task Verifying_says_when_it_does_not_hold() => InEveryScenario(life =>
    {
        var isRight = life.Applied.StepsThat<StepOutcome.Applied>().Any() ? life.VerifiedBefore.Receipt.Status == ReceiptStatus.Broken : IsHolding(life, life.VerifiedBefore);
        Assert.True(isRight, $"Before it was applied, verifying said: {life.VerifiedBefore.Receipt.Message}");
    });

    private static bool IsHolding(ActionLife life, LifePhase verified) => verified.Receipt.Status == ReceiptStatus.Holds
        || (life.Scenario.Outcome == ReceiptStatus.NotFound && verified.Receipt.Status == ReceiptStatus.NotFound);

    [Fact]
    public Task Applying_again_changes_nothing() => InEveryScenario(life =>
    {
        Assert.Empty(life.AppliedAgain.Writes.Select(call => call.Call));
        var expected = life.Scenario.Outcome == ReceiptStatus.Applied ? ReceiptStatus.AlreadyInPlace : life.Scenario.Outcome;
        Assert.True(expected == life.AppliedAgain.Receipt.Status, $"Expected {expected}, got {life.AppliedAgain.Receipt.Status}: {life.AppliedAgain.Receipt.Message}");
    });

    [Fact]
    public Task Reverting_restores_the_state_before_or_says_what_it_cannot() => InEveryScenario(life =>
    {
        if (life.Scenario.RevertRestores)
        {
            Assert.True(
                life.Reverted.Receipt.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace,
                $"Reverting ended {life.Reverted.Receipt.Status}: {life.Reverted.Receipt.Message}");
            Assert.Equal(life.StateBefore, life.StateReverted);
            return;
        }

        Assert.True(new TAction().Descriptor.Reversibility is Reversibility.Irreversible, "Only an irreversible action may leave something behind.");
        Assert.Contains(life.Reverted.Receipt.Steps, step => step.Outcome is StepOutcome.Skipped { Reason.Length: > 0 });
    });

    [Fact]
    public async Task The_calls_of_each_phase_are_the_permissions_it_declares()
    {
        var lives = await LivesAsync();
        var declared = new TAction().Descriptor.Permissions;
        var problems = new List<string>();
        // Verifying happens with the permissions of planning.
        foreach (var phase in lives.SelectMany(life => life.Phases).GroupBy(run => run.Mode == ActionMode.Verify ? ActionMode.Plan : run.Mode))
            problems.AddRange(Differences(phase.Key, declared.For(phase.Key), [.. phase.SelectMany(run => run.Phase.Calls)]));
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public Task Every_policy_document_that_it_writes_is_good() => InEveryScenario(life =>
    {
        var written = life.Phases.Where(run => run.Mode == ActionMode.Apply).SelectMany(run => run.Phase.Calls).SelectMany(WrittenPolicies.Of);
        Assert.Empty(written.SelectMany(policy => PolicyGrammar.Problems(policy.Document, policy.Kind).Select(problem => $"{policy.Call}: {problem}")));
    });

    [Theory]
    [InlineData("aws", "eu-west-1")]
    [InlineData("aws-us-gov", "us-gov-west-1")]
    [InlineData("aws-cn", "cn-northwest-1")]
    public void The_session_policy_of_each_phase_is_good(string partition, string region)
    {
        var declared = new TAction().Descriptor.Permissions;
        foreach (var mode in Enum.GetValues<ActionMode>())
            Assert.Empty(PolicyGrammar.Problems(SessionPolicy.For(declared.For(mode), partition, "111122223333", region), PolicyKind.Session));
    }

    private static IEnumerable<string> Differences(ActionMode phase, ImmutableArray<Permission> declared, ImmutableArray<JournalCall> calls)
    {
        var made = calls.Select(ApiCalls.PermissionFor).ToHashSet(StringComparer.Ordinal);
        var allowed = declared.Select(permission => permission.Action).ToHashSet(StringComparer.Ordinal);
        foreach (var call in calls.Where(ApiCalls.WasDenied).Select(call => $"{ApiCalls.PermissionFor(call)} in {call.Region}").Distinct())
            yield return $"{phase}: {call} was refused; declare it, or widen its resource.";
        foreach (var action in made.Except(allowed).Order(StringComparer.Ordinal))
            yield return $"{phase}: {action} is called but not declared.";
        foreach (var permission in declared.Where(permission => !made.Contains(permission.Action) && permission.Justification is null))
            yield return $"{phase}: {permission.Action} is declared, but no scenario calls it.";
    }

    private static List<string> Written(LifePhase phase) =>
        [.. phase.Writes.Where(call => call.Succeeded).Select(ApiCalls.PermissionFor).Distinct().Order(StringComparer.Ordinal)];

    private static List<string> Named(LifePhase phase) =>
        [.. phase.Receipt.Steps.Where(step => step.Outcome is StepOutcome.Applied).Select(step => step.Call).Distinct().Order(StringComparer.Ordinal)];

    private static string List(IEnumerable<string> items) => string.Join(", ", items);

    private async Task InEveryScenario(Action<ActionLife> check)
    {
        foreach (var life in await LivesAsync())
        {
            try
            {
                check(life);
            }
            catch (Exception failure)
            {
                throw new ScenarioFailedException(life.Scenario.Name, failure);
            }
        }
    }

    private Task<IReadOnlyList<ActionLife>> LivesAsync() => LivesOfClasses.GetOrAdd(GetType(), _ => new(() => Task.Run(LiveAsync))).Value;

    private async Task<IReadOnlyList<ActionLife>> LiveAsync()
    {
        var lives = new List<ActionLife>();
        foreach (var scenario in Scenarios)
        {
            using var account = Emulator.NewAccount();
            try
            {
                lives.Add(await ActionLife.LiveAsync(new TAction(), scenario, account));
            }
            catch (Exception failure)
            {
                throw new ScenarioFailedException(scenario.Name, failure);
            }
        }

        return lives;
    }
}
