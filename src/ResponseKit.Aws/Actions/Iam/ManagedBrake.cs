using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>
/// The second rung of the brake: a managed policy of our own, for a principal whose inline policies leave no room. Each principal and term has one of its own, so that
/// nothing that is attached elsewhere is ever changed.
/// </summary>
internal sealed class ManagedBrake(ActionRun run, IamPrincipal principal)
{
    /// <summary>The policies that may be made, attached and deleted.</summary>
    public const string AnyPolicy = "arn:{partition}:iam::{account}:policy/" + BrakeDocument.PolicyName + "-*";

    /// <summary>What the keys of the steps begin with that make a policy.</summary>
    public const string PolicyPrefix = "policy/";

    /// <summary>What the keys of the steps begin with that attach one.</summary>
    public const string AttachPrefix = "attach/";

    private readonly IAmazonIdentityManagementService iam = run.Aws.Iam(run.Region);

    /// <summary>What an attached policy of such a name says; null where it is none of ours.</summary>
    public async Task<BrakeDocument?> ReadAsync(string arn, CancellationToken cancellationToken)
    {
        if (!arn.StartsWith(ArnOf(BrakeDocument.PolicyName + "-"), StringComparison.Ordinal))
            return null;
        var text = await run.ReadAsync("iam:GetPolicyVersion", $"policy {arn}", "", token => DocumentAsync(arn, token), cancellationToken);
        return BrakeDocument.Of(text);
    }

    /// <summary>Makes the policy and attaches it; true when that took effect.</summary>
    public async Task<bool> PutAsync(BrakeDocument wanted, string text, CancellationToken cancellationToken)
    {
        var (create, attach) = Steps(wanted, text);
        var name = NameOf(wanted);
        var made = await run.StepAsync(create, token => iam.CreatePolicyAsync(new CreatePolicyRequest { PolicyName = name, PolicyDocument = text }, token), cancellationToken);
        if (made.Outcome is StepOutcome.Failed { Code: "EntityAlreadyExists" })
        {
            // An earlier run was cut off before it attached it; or somebody foresaw the name.
            if (await ReadAsync(ArnOf(name), cancellationToken) != wanted)
                return false;
            run.AlreadyInPlace(create);
        }
        else if (made.Outcome is StepOutcome.Failed or StepOutcome.NotReached)
        {
            return false;
        }

        return (await run.StepAsync(attach, token => principal.AttachAsync(ArnOf(name), token), cancellationToken)).Outcome is StepOutcome.Applied;
    }

    /// <summary>The steps of it.</summary>
    public (Step Create, Step Attach) Steps(BrakeDocument wanted, string text)
    {
        var name = NameOf(wanted);
        return (
            new(PolicyPrefix + name, "iam:CreatePolicy", $"policy {name}", $"Create policy {name}, for which the inline policies of {principal.Title} leave no room")
            {
                After = InlineDocument.After(text),
            },
            new(AttachPrefix + name, $"iam:Attach{principal.Kind}Policy", principal.Title, $"Attach policy {name} to {principal.Title}")
            {
                Before = new JsonObject { ["attached"] = false },
            });
    }

    /// <summary>The step that says that a policy that is attached does.</summary>
    public Step Standing(string arn) =>
        new(AttachPrefix + arn[(arn.LastIndexOf('/') + 1)..], $"iam:Attach{principal.Kind}Policy", principal.Title, $"Attach policy {arn} to {principal.Title}");

    /// <summary>Detaches a policy, or deletes it.</summary>
    public Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var arn = ArnOf(done.Id());
        return done.Kind() + "/" == AttachPrefix
            ? run.UndoAsync(
                done, $"iam:Detach{principal.Kind}Policy", $"Detach policy {done.Id()} from {principal.Title}", token => principal.DetachAsync(arn, token), cancellationToken)
            : run.UndoAsync(
                done, "iam:DeletePolicy", $"Delete policy {done.Id()}", async token => await iam.DeletePolicyAsync(new DeletePolicyRequest { PolicyArn = arn }, token), cancellationToken);
    }

    private async Task<string> DocumentAsync(string arn, CancellationToken cancellationToken)
    {
        var policy = (await iam.GetPolicyAsync(new GetPolicyRequest { PolicyArn = arn }, cancellationToken)).Policy;
        var version = new GetPolicyVersionRequest { PolicyArn = arn, VersionId = policy?.DefaultVersionId };
        return WebUtility.UrlDecode((await iam.GetPolicyVersionAsync(version, cancellationToken)).PolicyVersion?.Document ?? "");
    }

    // Of the principal, the request and the term: a term that is longer has another.
    private string NameOf(BrakeDocument wanted)
    {
        var what = string.Join('\n', [run.Target.ToArn(), run.Request.Incident ?? "", .. wanted.Sessions]);
        return $"{BrakeDocument.PolicyName}-{wanted.Until.UtcDateTime:yyyyMMddHHmmss}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..12]}";
    }

    private string ArnOf(string name) => $"arn:{principal.Target.Partition}:iam::{principal.Target.Account}:policy/{name}";
}
