using System.Text.Json.Nodes;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Puts the trust policy of a role back that the actor changed, so that whom they let in cannot come again.</summary>
public sealed class CloseTrust : IResponseAction
{
    private const string AnyRole = "arn:{partition}:iam::{account}:role/*";

    private static readonly Role Gone = new();

    private static readonly Permission[] Reads = [new("iam:GetRole", AnyRole), IamHistory.Permission];
    private static readonly Permission Update = new("iam:UpdateAssumeRolePolicy", AnyRole);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.close-trust",
        Title = "Put a role's trust policy back",
        Summary = "Puts back the trust policy that an IAM role had before the incident, if CloudTrail has it, the role's trust is the one that the incident left, "
            + "and nobody else has set another since. Policies and sessions of the role stay as they are.",
        Target = ResourceKind.RoleTrust,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Altered(ResourceKind.RoleTrust)],
        BlastRadius = "Whoever was let in by the changed trust cannot assume the role any more. Sessions that they have go on until they expire, up to 12 hours: contain "
            + "the role to end them.",
        Reversibility = new Reversibility.Reversible(),
        Options = [AuthorshipOptions.Begins, AuthorshipOptions.By],
        Permissions = new ActionPermissions(Plan: [.. Reads], Apply: [.. Reads, Update], Revert: [.. Reads, Update]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await JudgeAsync(run, cancellationToken) is not { } judged)
            return;
        if (judged.Former is { } former && judged.Standing is { } standing)
        {
            run.Release(judged.Step);
            var step = judged.Step with { Before = new JsonObject { ["document"] = standing.Text }, After = new JsonObject { ["sha256"] = former.Hash } };
            if (standing.Same(former))
                run.AlreadyInPlace(step);
            else if ((await run.StepAsync(step, token => PutAsync(run, former.Text, token), cancellationToken)).Outcome is StepOutcome.Applied)
                await LookAgainAsync(run, step, former, cancellationToken);
        }
        else
        {
            run.NeedsApproval(
                run.Apart(judged.Step),
                $"Role {run.Target.Name} is left as it is: {judged.Why}. If its trust lets in who should not be: aws iam get-role --role-name {run.Target.Name}, then "
                + $"aws iam update-assume-role-policy --role-name {run.Target.Name} --policy-document file://trust-before.json. The last CreateRole or UpdateAssumeRolePolicy "
                + "record before the incident, or AWS Config, has what stood there.");
        }
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Done(run) is not { } done)
        {
            if (await JudgeAsync(run, cancellationToken) is { Former: { } former, Standing: { } now } judged)
                run.Check([Wanted(judged.Step, now.Same(former))]);
            return;
        }

        // What was put back has to stay, whoever set another trust since.
        if (await StandingAsync(run, cancellationToken) is { Document: var standing })
            run.Check([Wanted(Step(run), standing?.Hash == done.After?["sha256"]?.GetValue<string>())]);
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var done in receipt.Changes())
        {
            if (await StandingAsync(run, cancellationToken) is not { Document: var standing })
                return;
            var before = TrustDocument.Parse(done.Before?["document"]?.GetValue<string>(), run.Target.Partition);
            // A receipt alone lets nobody in: CloudTrail has to say that this trust stood there.
            var history = await HistoryAsync(run, _ => false, cancellationToken);
            if (before is null || history?.Exists(put => put.Document?.Same(before) == true) != true)
            {
                run.Hold(done, $"CloudTrail has no record that the role {run.Target.Name} had the trust that the receipt says. The receipt holds it under before.document; look whom it lets in.");
                continue;
            }

            var present = Present.Of(
                standing?.Hash == done.After?["sha256"]?.GetValue<string>(), before.Same(standing), $"The trust of role {run.Target.Name} is another than was put there.");
            await run.UndoAsync(
                done, present, "iam:UpdateAssumeRolePolicy", $"Put the former trust of role {run.Target.Name} back", token => PutAsync(run, before.Text, token), cancellationToken);
        }
    }

    private static Step Step(ActionRun run) =>
        new("trust", "iam:UpdateAssumeRolePolicy", $"trust of role {run.Target.Name}", $"Put the trust of role {run.Target.Name} back that stood before the incident");

    private static Wanted Wanted(Step step, bool isInPlace) =>
        new(step, isInPlace, "The role's trust is not the one that stood before the incident.", _ => throw new NotSupportedException("It is only checked."));

    private static StepReceipt? Done(ActionRun run) => run.Earlier?.Steps.FirstOrDefault(step => step.Key == "trust" && step.Outcome.MayHaveChanged);

    private static async Task<AmazonWebServiceResponse> PutAsync(ActionRun run, string document, CancellationToken cancellationToken) =>
        await run.Aws.Iam(run.Region).UpdateAssumeRolePolicyAsync(
            new UpdateAssumeRolePolicyRequest { RoleName = run.Target.Name, PolicyDocument = document }, cancellationToken);

    // IAM takes seconds to spread a change, and an administrator may change it back meanwhile.
    private static async Task LookAgainAsync(ActionRun run, Step step, TrustDocument former, CancellationToken cancellationToken)
    {
        if (await StandingAsync(run, cancellationToken) is { Document: var now } && !former.Same(now))
            run.Broken(step, "NotInPlace", $"The trust of role {run.Target.Name} is another than was put there a moment ago: somebody changes it at the same time.");
    }

    private static async Task<Judged?> JudgeAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await StandingAsync(run, cancellationToken) is not { } standing)
            return null;
        Judged Left(string why) => new(Step(run), standing.Document, null, why);
        if (standing.IsGone)
        {
            run.NotFound(Step(run) with { Call = "iam:GetRole" }, $"there is no role {run.Target.Name} in account {run.Request.Account}. It was deleted; roles cannot be renamed.");
            return null;
        }

        if (claim.Begins is not { } begins)
            return Left("the option begins is needed, when the incident began: the trust that was set last before is put back");
        if (standing.Document is not { } now)
            return Left("its trust cannot be read");
        // What this action has put back itself is nobody else's doing.
        var put = Done(run)?.After?["sha256"]?.GetValue<string>();
        if (await HistoryAsync(run, record => record.Time < begins, cancellationToken) is not { } all)
            return Left("CloudTrail's event history, which tells what its trust was, could not be read");
        var history = all.FindAll(each => each.Document?.Hash != put || each.Document is null || each.Record.Time < begins || IamHistory.IsBy(each.Record, claim));
        if (history.Find(each => each.Record.Time >= begins && !IamHistory.IsBy(each.Record, claim)) is { } other)
            return Left($"{other.Record.Actor.Key}, who is not among those who acted, has set its trust {Authorship.Text(other.Record.Time)}");
        if (history.Find(each => each.Record.Time < begins) is not { Document: { } former })
            return Left("no record of the last 90 days says what its trust was before the incident");
        var last = history.Find(each => each.Record.Time >= begins);
        return now.Same(former) || now.Same(last?.Document)
            ? new Judged(Step(run), now, former, "")
            : Left("its trust is not the one that the incident's last record put");
    }

    private static async Task<Standing?> StandingAsync(ActionRun run, CancellationToken cancellationToken)
    {
        var role = await run.ReadAsync(
            "iam:GetRole", $"role {run.Target.Name}", Gone,
            // An answer that succeeded and does not have the role is not known, which is not the same as gone.
            async token => (await run.Aws.Iam(run.Region).GetRoleAsync(new GetRoleRequest { RoleName = run.Target.Name }, token)).Role
                ?? throw new AmazonIdentityManagementServiceException($"IAM answered GetRole without the role {run.Target.Name}") { ErrorCode = "IncompleteAnswer" },
            cancellationToken);
        return role is null ? null : new Standing(TrustDocument.Parse(role.AssumeRolePolicyDocument, run.Target.Partition), ReferenceEquals(role, Gone));
    }

    // The newest first.
    private static async Task<List<Put>?> HistoryAsync(ActionRun run, Func<CloudTrailRecord, bool> isEnough, CancellationToken cancellationToken)
    {
        var history = new IamHistory(run);
        var all = new List<Put>();
        foreach (var (call, field) in new[] { ("UpdateAssumeRolePolicy", "policyDocument"), ("CreateRole", "assumeRolePolicyDocument") })
        {
            if (await history.OfAsync(call, record => record.Request["roleName"].Text == run.Target.Name, since: null, isEnough, cancellationToken) is not { } records)
                return null;
            all.AddRange(records.Select(record => new Put(record, TrustDocument.Parse(record.Request[field].Text, run.Target.Partition))));
        }

        return [.. all.OrderByDescending(put => put.Record.Time)];
    }

    private sealed record Standing(TrustDocument? Document, bool IsGone);

    private sealed record Put(CloudTrailRecord Record, TrustDocument? Document);

    private sealed record Judged(Step Step, TrustDocument? Standing, TrustDocument? Former, string Why);
}
