using System.Collections.Immutable;
using ResponseKit.Aws.Execution;
using ResponseKit.Emulator;
using ResponseKit.Response;

namespace ResponseKit.Testing;

/// <summary>One run of an action within a scenario: its receipt and the calls that it made.</summary>
internal sealed record LifePhase(ActionReceipt Receipt, ImmutableArray<JournalCall> Calls)
{
    public IEnumerable<JournalCall> Writes => Calls.Where(call => !ApiCalls.IsRead(ApiCalls.PermissionFor(call)));

    /// <summary>The keys of the steps that ended in a certain way.</summary>
    public IEnumerable<string> StepsThat<TOutcome>()
        where TOutcome : StepOutcome => Receipt.Steps.Where(step => step.Outcome is TOutcome).Select(step => step.Key);
}

/// <summary>All that happened when an action went through a scenario: planned, applied, verified, applied again, undone.</summary>
internal sealed record ActionLife
{
    public required ActionScenario Scenario { get; init; }

    public required string StateBefore { get; init; }

    public required string StatePlanned { get; init; }

    public required string StateReverted { get; init; }

    public required LifePhase VerifiedBefore { get; init; }

    public required LifePhase Planned { get; init; }

    public required LifePhase Applied { get; init; }

    public required LifePhase Verified { get; init; }

    public required LifePhase AppliedAgain { get; init; }

    public required LifePhase Reverted { get; init; }

    public IEnumerable<(ActionMode Mode, LifePhase Phase)> Phases =>
    [
        (ActionMode.Verify, VerifiedBefore), (ActionMode.Plan, Planned), (ActionMode.Apply, Applied),
        (ActionMode.Verify, Verified), (ActionMode.Apply, AppliedAgain), (ActionMode.Revert, Reverted),
    ];

    public static async Task<ActionLife> LiveAsync(IResponseAction action, ActionScenario scenario, TestAccount account)
    {
        const string region = "us-east-1";
        var arranged = await scenario.Arrange(new ScenarioStage(account, region));
        var harness = await ActionHarness.CreateAsync(action, account, region, arranged.Guards);

        async Task<LifePhase> Run(ActionMode mode)
        {
            var receipt = await harness.RunAsync(mode, arranged.Targets, arranged.Options);
            return new LifePhase(receipt, harness.LastCalls);
        }

        var before = await arranged.Snapshot();
        var verifiedBefore = await Run(ActionMode.Verify);
        var planned = await Run(ActionMode.Plan);
        var statePlanned = await arranged.Snapshot();
        var applied = await Run(ActionMode.Apply);
        await arranged.AfterApply();
        var verified = await Run(ActionMode.Verify);
        var again = await Run(ActionMode.Apply);
        var reverted = await Run(ActionMode.Revert);
        var stateReverted = await arranged.Snapshot();
        await arranged.AfterRevert();
        return new ActionLife
        {
            Scenario = scenario,
            StateBefore = before,
            StatePlanned = statePlanned,
            StateReverted = stateReverted,
            VerifiedBefore = verifiedBefore,
            Planned = planned,
            Applied = applied,
            Verified = verified,
            AppliedAgain = again,
            Reverted = reverted,
        };
    }
}
