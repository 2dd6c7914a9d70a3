using System.Text.Json.Nodes;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Sets the default version of a managed policy back to the one that it was before the actor changed it. The actor's version is kept.</summary>
public sealed class RestorePolicyVersion : IResponseAction
{
    private const string AnyPolicy = "arn:{partition}:iam::{account}:policy/*";
    private const string StepKey = "default-version";

    private static readonly Permission[] Reads = [new("iam:ListPolicyVersions", AnyPolicy), IamHistory.Permission];
    private static readonly Permission SetDefault = new("iam:SetDefaultPolicyVersion", AnyPolicy);

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.restore-policy-version",
        Title = "Set a managed policy back to its former version",
        Summary = "Sets the default version of a customer managed policy back to the one that it was before the incident, if CloudTrail or the list of versions tells "
            + "which, and nobody else has set another since. All versions stay.",
        Target = ResourceKind.ManagedPolicy,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [ActionTrigger.Altered(ResourceKind.ManagedPolicy)],
        BlastRadius = "Everybody who has the policy has the rights of its former version again, within seconds, and no others.",
        Reversibility = new Reversibility.Reversible(),
        Options = [AuthorshipOptions.Begins, AuthorshipOptions.By],
        Permissions = new ActionPermissions(Plan: [.. Reads], Apply: [.. Reads, SetDefault], Revert: [.. Reads, SetDefault]),
    };

    /// <inheritdoc/>
    public async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (await JudgeAsync(run, cancellationToken) is not { } judged)
            return;
        var arn = run.Target.ToArn();
        if (judged.Former is not { } former)
        {
            run.NeedsApproval(
                run.Apart(Step(run)), $"Policy {arn} is left as it is: {judged.Why}. To set it back: aws iam list-policy-versions --policy-arn {arn}, then "
                + $"aws iam set-default-policy-version --policy-arn {arn} --version-id <the version before>.");
            return;
        }

        run.Release(Step(run));
        var step = Step(run) with { Before = new JsonObject { ["version"] = judged.Standing }, After = new JsonObject { ["version"] = former } };
        if (judged.Standing == former)
            run.AlreadyInPlace(step);
        else if ((await run.StepAsync(step, token => SetAsync(run, former, token), cancellationToken)).Outcome is StepOutcome.Applied
            && await VersionsAsync(run, cancellationToken) is { } now && Default(now) != former)
            run.Broken(step, "NotInPlace", $"The default version of {arn} is another than was set a moment ago: somebody changes it at the same time.");
    }

    /// <inheritdoc/>
    public async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        string? wanted, standing;
        if (Done(run)?.After?["version"]?.GetValue<string>() is { } done)
        {
            // What was set back has to stay, whoever set another version since.
            if (await VersionsAsync(run, cancellationToken) is not { } versions)
                return;
            (wanted, standing) = (done, Default(versions));
        }
        else
        {
            if (await JudgeAsync(run, cancellationToken) is not { Former: not null } judged)
                return;
            (wanted, standing) = (judged.Former, judged.Standing);
        }

        if (wanted == standing)
            run.AlreadyInPlace(Step(run));
        else
            run.Broken(Step(run), "NotInPlace", $"The default version is {standing ?? "gone"}, and was {wanted} before the incident.");
    }

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var done in receipt.Changes())
        {
            var before = done.Before?["version"]?.GetValue<string>();
            if (await VersionsAsync(run, cancellationToken) is not { } versions)
                return;
            // A receipt alone gives nobody rights: CloudTrail has to say that this version was the default.
            if (before is null || (await HistoryAsync(run, _ => false, cancellationToken))?.Exists(put => put.Version == before) != true)
            {
                run.Hold(done, $"CloudTrail has no record that version {before} of {run.Target.ToArn()} was the default, as the receipt says. Look what it allows.");
                continue;
            }

            var standing = Default(versions);
            await run.UndoAsync(
                done, Present.Of(standing == done.After?["version"]?.GetValue<string>(), standing == before || standing is null, $"The default version of {run.Target.ToArn()} is {standing}."),
                "iam:SetDefaultPolicyVersion", $"Set version {before} of {run.Target.ToArn()} as the default again", token => SetAsync(run, before, token), cancellationToken);
        }
    }

    private static Step Step(ActionRun run) =>
        new(StepKey, "iam:SetDefaultPolicyVersion", $"policy {run.Target.ToArn()}", $"Set the version of {run.Target.ToArn()} as the default that it was before the incident");

    private static StepReceipt? Done(ActionRun run) => run.Earlier?.Steps.FirstOrDefault(step => step.Key == StepKey && step.Outcome.MayHaveChanged);

    private static string? Default(IEnumerable<PolicyVersion> versions) => versions.FirstOrDefault(version => version.IsDefaultVersion == true)?.VersionId;

    private static async Task<AmazonWebServiceResponse> SetAsync(ActionRun run, string version, CancellationToken cancellationToken) =>
        await run.Aws.Iam(run.Region).SetDefaultPolicyVersionAsync(
            new SetDefaultPolicyVersionRequest { PolicyArn = run.Target.ToArn(), VersionId = version }, cancellationToken);

    private static Task<IReadOnlyList<PolicyVersion>?> VersionsAsync(ActionRun run, CancellationToken cancellationToken) => run.ReadAsync<IReadOnlyList<PolicyVersion>>(
        "iam:ListPolicyVersions", $"versions of {run.Target.ToArn()}", [],
        token => run.Aws.Iam(run.Region).Paginators.ListPolicyVersions(new ListPolicyVersionsRequest { PolicyArn = run.Target.ToArn() }).Versions.AllAsync(token), cancellationToken);

    private static async Task<Judged?> JudgeAsync(ActionRun run, CancellationToken cancellationToken)
    {
        if (Claim.Of(run) is not { } claim || await VersionsAsync(run, cancellationToken) is not { } versions)
            return null;
        if (versions.Count == 0)
        {
            run.NotFound(Step(run) with { Call = "iam:ListPolicyVersions" }, $"there is no policy {run.Target.ToArn()}. It was deleted; policies cannot be renamed.");
            return null;
        }

        var standing = Default(versions);
        Judged Left(string why) => new(standing, null, why);
        if (standing is null)
            return Left("IAM's answer names no default version");
        if (claim.Begins is not { } begins)
            return Left("the option begins is needed, when the incident began: the version that was the default before is set back");
        if (await HistoryAsync(run, record => record.Time < begins, cancellationToken) is not { } all)
            return Left("CloudTrail's event history, which tells what was the default, could not be read");
        // What this action has set back itself is nobody else's doing.
        var own = Done(run)?.After?["version"]?.GetValue<string>();
        if (all.Find(each => each.Record.Time >= begins && each.Version != own && !IamHistory.IsBy(each.Record, claim)) is { } other)
            return Left($"{other.Record.Actor.Key}, who is not among those who acted, has set the default {Authorship.Text(other.Record.Time)}");
        if (all.Find(each => each.Record.Time < begins) is { } last)
        {
            return versions.Any(version => version.VersionId == last.Version)
                ? new Judged(standing, last.Version, "")
                : Left($"the version that was the default before, {last.Version ?? "which the record does not name"}, has been deleted");
        }

        return await OnlyOneAsync(run, versions, begins, cancellationToken) is { } only
            ? new Judged(standing, only, "")
            : Left("neither a record of the last 90 days nor the list of versions says which version was the default before the incident");
    }

    // A policy has a default always, and one that is not the default alone can be deleted: the only version that was there, if none was deleted since, was it.
    private static async Task<string?> OnlyOneAsync(ActionRun run, IReadOnlyList<PolicyVersion> versions, DateTimeOffset begins, CancellationToken cancellationToken)
    {
        var before = versions.Where(version => Time.Of(version.CreateDate) < begins).ToList();
        if (before.Count != 1)
            return null;
        var deleted = await new IamHistory(run).OfAsync("DeletePolicyVersion", record => IsAbout(record, run), begins - Authorship.Skew, _ => true, cancellationToken);
        return deleted is { Count: 0 } ? before[0].VersionId : null;
    }

    private static bool IsAbout(CloudTrailRecord record, ActionRun run) => record.Request["policyArn"].Text == run.Target.ToArn();

    // The newest first: who set which version as the default.
    private static async Task<List<Put>?> HistoryAsync(ActionRun run, Func<CloudTrailRecord, bool> isEnough, CancellationToken cancellationToken)
    {
        var history = new IamHistory(run);
        var set = await history.OfAsync("SetDefaultPolicyVersion", record => IsAbout(record, run), since: null, isEnough, cancellationToken);
        var made = await history.OfAsync(
            "CreatePolicyVersion", record => IsAbout(record, run) && record.Request["setAsDefault"].Flag == true, since: null, isEnough, cancellationToken);
        var first = await history.OfAsync("CreatePolicy", record => record.Response["policy"]["arn"].Text == run.Target.ToArn(), since: null, isEnough, cancellationToken);
        if (set is null || made is null || first is null)
            return null;
        return
        [
            .. set.Select(record => new Put(record, record.Request["versionId"].Text))
                .Concat(made.Select(record => new Put(record, record.Response["policyVersion"]["versionId"].Text)))
                .Concat(first.Select(record => new Put(record, "v1")))
                .OrderByDescending(put => put.Record.Time),
        ];
    }

    private sealed record Put(CloudTrailRecord Record, string? Version);

    private sealed record Judged(string? Standing, string? Former, string Why);
}
