using System.Text.Json.Nodes;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Tests.Execution;

/// <summary>What a receipt says of a step that several runs have taken, whatever became of it in each.</summary>
public sealed class StepLogTests
{
    private static readonly StepOutcome[] Outcomes =
    [
        new StepOutcome.Planned(), new StepOutcome.Applied("id"), new StepOutcome.AlreadyInPlace(), new StepOutcome.Skipped("x"), new StepOutcome.NeedsApproval("x"), new StepOutcome.NotFound("x"),
        new StepOutcome.Failed("Denied", "x"), new StepOutcome.Failed("Network", "x") { MayHaveTakenEffect = true }, new StepOutcome.NotReached(), new StepOutcome.NotReached { IsAnnounced = true },
    ];

    private static readonly Step Step = new("key/a", "iam:UpdateAccessKey", "key a", "Deactivate key a") { Before = new JsonObject { ["status"] = "Active" } };

    [Fact]
    public void A_change_that_was_made_or_may_have_been_is_never_forgotten_by_what_comes_after_it()
    {
        var forgotten = new List<string>();
        foreach (var (first, second, third) in from first in Outcomes from second in Outcomes from third in Outcomes select (first, second, third))
        {
            // Two in one run and one in the next, and one in the first and two in the next.
            foreach (var runs in new StepOutcome[][][] { [[first, second], [third]], [[first], [second, third]], [[first], [second], [third]] })
            {
                var (kept, before) = (new List<StepReceipt>(), false);
                foreach (var run in runs)
                {
                    var log = new StepLog(kept);
                    foreach (var outcome in run)
                    {
                        log.Record(Step, outcome);
                        // In the run that announced it the answer to the call says what became of it.
                        var now = log.Steps[0].Outcome.MayHaveChanged;
                        if (before && !now)
                            forgotten.Add(string.Join(" | ", runs.Select(one => string.Join(", ", one.Select(each => each.ToString())))));
                        before = now && log.Steps[0].Outcome is not StepOutcome.NotReached;
                    }

                    (kept, before) = ([.. log.Steps], log.Steps[0].Outcome.MayHaveChanged);
                }
            }
        }

        Assert.Empty(forgotten.Distinct());
    }

    [Fact]
    public void A_step_that_was_not_come_to_and_is_found_in_place_was_somebody_elses()
    {
        var kept = new StepLog([]);
        kept.Record(Step, new StepOutcome.NotReached());
        var next = new StepLog(kept.Steps);

        next.Record(Step, new StepOutcome.AlreadyInPlace());

        Assert.IsType<StepOutcome.AlreadyInPlace>(next.Steps[0].Outcome);
    }

    [Fact]
    public void A_step_that_failed_or_was_not_come_to_is_announced_again_before_its_call()
    {
        foreach (var outcome in Outcomes)
        {
            var kept = new StepLog([]);
            kept.Record(Step, outcome);
            var next = new StepLog(kept.Steps);

            Assert.Equal(!outcome.MayHaveChanged, next.Announce(Step));
            Assert.True(next.Steps[0].Outcome.MayHaveChanged);
            Assert.Equal("Active", next.Steps[0].Before!["status"]!.GetValue<string>());
        }
    }

    [Fact]
    public void An_undo_does_not_take_for_given_back_what_another_run_did_meanwhile()
    {
        var read = Receipt(Step);
        var other = Receipt(Step, Step with { Key = "key/b" });

        var merged = ReceiptMerge.Of(other, read with { Reverted = DateTimeOffset.UnixEpoch });

        Assert.Null(merged.Reverted);
        Assert.Equal(["key/a", "key/b"], merged.Steps.Select(step => step.Key));
        Assert.NotNull(ReceiptMerge.Of(read, read with { Reverted = DateTimeOffset.UnixEpoch }).Reverted);
    }

    private static ActionReceipt Receipt(params Step[] steps) => new()
    {
        Id = "rcp-1",
        Action = "iam.contain-user",
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.Applied,
        Account = "111122223333",
        Region = "us-east-1",
        Targets = ["arn:aws:iam::111122223333:user/ci"],
        Reason = "a test",
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        Steps = [.. steps.Select(step => new StepReceipt(step.Key, step.Call, step.Resource, step.Summary, step.Before?.DeepClone(), new StepOutcome.Applied("id")))],
        Message = "done",
    };
}
