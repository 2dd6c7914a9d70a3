using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// The revocation of a role's sessions as a managed policy of its own, attached: for a role whose inline policies are full, as honest ones often are (IAM User Guide,
/// "IAM and AWS STS quotas": 10,240 characters). Each cut is another policy, so that none is ever changed.
/// </summary>
internal sealed class ManagedRevocation(ActionRun run, RolePrincipal role)
{
    /// <summary>What the keys of the two steps begin with.</summary>
    public const string MadeKey = "revocation-policy";

    /// <inheritdoc cref="MadeKey"/>
    public const string AttachedKey = "revocation-attached";

    private const string PolicyField = "policy";
    private const string Prefix = "ResponseKitRevoked-";
    /// <summary>The policies' ARNs, as permissions name them.</summary>
    public const string Any = $"arn:{{partition}}:iam::{{account}}:policy/{Prefix}*";

    private readonly IAmazonIdentityManagementService iam = run.Aws.Iam(run.Region);

    /// <summary>What reading needs.</summary>
    public static IEnumerable<Permission> Reads { get; } = [new("iam:GetPolicy", Any), new("iam:GetPolicyVersion", Any), new("iam:GetAccountSummary", "*")];

    /// <summary>What it needs in all, besides attaching and detaching.</summary>
    /// <param name="isRevert">Whether for undoing.</param>
    public static IEnumerable<Permission> Permissions(bool isRevert) => isRevert ? [new("iam:DeletePolicy", Any)] : [.. Reads, new("iam:CreatePolicy", Any)];

    /// <summary>The latest moment before which such a policy of the role denies all sessions; null when none does. The policies say it, not their names.</summary>
    public async Task<DateTimeOffset?> CutAsync(IEnumerable<string> attached, CancellationToken cancellationToken)
    {
        DateTimeOffset? latest = null;
        foreach (var arn in attached.Where(arn => arn.Contains(":policy/" + Prefix, StringComparison.Ordinal)))
        {
            var document = await run.ReadAsync("iam:GetPolicyVersion", $"policy {arn}", "", token => DocumentAsync(arn, token), cancellationToken);
            if (SessionRevocation.CutIn(document) is { } cut && (latest is null || cut > latest))
                latest = cut;
        }

        return latest;
    }

    /// <summary>How many policies the account lets a role have attached; null when AWS does not say (IAM API, GetAccountSummary).</summary>
    public async Task<int?> AttachmentQuotaAsync(CancellationToken cancellationToken)
    {
        var summary = await run.ReadAsync(
            "iam:GetAccountSummary", $"quotas of account {role.Target.Account}", [],
            async token => (await iam.GetAccountSummaryAsync(new GetAccountSummaryRequest(), token)).SummaryMap ?? [], cancellationToken);
        return summary is not null && summary.TryGetValue("AttachedPoliciesPerRoleQuota", out var quota) ? quota : null;
    }

    /// <summary>Makes the policy and attaches it. A plan lists both.</summary>
    /// <returns>What was accepted, or what the first of the two that was not came to.</returns>
    public async Task<StepOutcome> PutAsync(DateTimeOffset cut, CancellationToken cancellationToken)
    {
        var stamp = cut.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var name = $"{Prefix}{role.Name}-{stamp}";
        var arn = $"arn:{role.Target.Partition}:iam::{role.Target.Account}:policy/{name}";
        var create = new CreatePolicyRequest { PolicyName = name, PolicyDocument = SessionRevocation.Document(cut) };
        var number = 1 + run.Steps.Count(step => step.Kind() == MadeKey);
        var left = new JsonObject { [PolicyField] = arn };
        var step = new Step($"{MadeKey}/{number}", "iam:CreatePolicy", arn, $"Create policy {name}, which denies everything to sessions issued before {SessionRevocation.Text(cut)}")
        {
            After = left,
        };
        var made = (await run.StepAsync(step, token => iam.CreatePolicyAsync(create, token), cancellationToken)).Outcome;
        if (made is StepOutcome.Failed { Code: "EntityAlreadyExists" })
        {
            // Made a moment ago, and not attached or not seen to be; or somebody foresaw the name. What it says decides.
            var there = await run.ReadAsync("iam:GetPolicyVersion", $"policy {arn}", "", token => DocumentAsync(arn, token), cancellationToken);
            if (SessionRevocation.CutIn(there) is not { } stands || stands < cut)
                return made;
            run.AlreadyInPlace(step);
        }
        else if (made is not (StepOutcome.Applied or StepOutcome.Planned))
        {
            return made;
        }

        var attached = await run.StepAsync(
            new Step($"{AttachedKey}/{number}", "iam:AttachRolePolicy", role.Title, $"Attach policy {name} to {role.Title}") { After = left.DeepClone() },
            token => role.AttachAsync(arn, token), cancellationToken);
        return attached.Outcome;
    }

    /// <summary>Undoes one of the two steps.</summary>
    public Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        if (done.After?[PolicyField]?.GetValue<string>() is not { } arn || !arn.StartsWith($"arn:{role.Target.Partition}:iam::{role.Target.Account}:policy/{Prefix}{role.Name}-", StringComparison.Ordinal))
        {
            run.LeaveAsIs(done, "The receipt names no policy of this role's.");
            return Task.CompletedTask;
        }

        return done.Kind() == AttachedKey
            ? run.UndoAsync(done, "iam:DetachRolePolicy", $"Detach policy {arn} from {role.Title}", token => role.DetachAsync(arn, token), cancellationToken)
            : run.UndoAsync(
                done, "iam:DeletePolicy", $"Delete policy {arn}",
                async token => await iam.DeletePolicyAsync(new DeletePolicyRequest { PolicyArn = arn }, token), cancellationToken);
    }

    private async Task<string> DocumentAsync(string arn, CancellationToken cancellationToken)
    {
        var version = (await iam.GetPolicyAsync(new GetPolicyRequest { PolicyArn = arn }, cancellationToken)).Policy?.DefaultVersionId;
        var answer = await iam.GetPolicyVersionAsync(new GetPolicyVersionRequest { PolicyArn = arn, VersionId = version }, cancellationToken);
        return WebUtility.UrlDecode(answer.PolicyVersion?.Document ?? "");
    }
}
