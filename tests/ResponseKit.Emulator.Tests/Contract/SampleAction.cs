using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Emulator.Tests.Contract;

/// <summary>An action that keeps to the contract: it deactivates a user's keys. The others in this folder each break it in one way.</summary>
public class SampleAction : IResponseAction
{
    private const string OnUser = "arn:{partition}:iam::{account}:user/*";
    private static readonly Permission Reads = new("iam:ListAccessKeys", OnUser);
    private static readonly Permission Writes = new("iam:UpdateAccessKey", OnUser);

    public virtual ActionDescriptor Descriptor => new()
    {
        Id = "iam.sample",
        Title = "Deactivate a user's keys",
        Summary = "Deactivates every active key.",
        Target = ResourceKind.IamUser,
        Stage = ResponseStage.ContainIdentity,
        Triggers = [],
        BlastRadius = "The user's keys stop working.",
        Reversibility = new Reversibility.Reversible(),
        Permissions = new ActionPermissions([Reads, .. ExtraPermissions], [Reads, Writes], [Writes]),
    };

    protected virtual ImmutableArray<Permission> ExtraPermissions => [];

    public virtual async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var key in await KeysAsync(run, cancellationToken))
        {
            var step = new Step($"access-key/{key.AccessKeyId}", "iam:UpdateAccessKey", key.AccessKeyId, $"Deactivate {key.AccessKeyId}")
            {
                Before = JsonValue.Create(key.Status.Value),
            };
            if (key.Status == "Inactive")
                run.AlreadyInPlace(step);
            else
                await run.StepAsync(step, token => SetAsync(run, key.AccessKeyId, "Inactive", token), cancellationToken);
        }
    }

    public virtual async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var key in await KeysAsync(run, cancellationToken))
        {
            if (key.Status == "Active")
                run.Broken(new Step(key.AccessKeyId, "iam:ListAccessKeys", key.AccessKeyId, "Look"), "Active", "The key is active.");
        }
    }

    public virtual async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        foreach (var done in receipt.Steps.Where(step => step.Outcome is StepOutcome.Applied).Reverse())
        {
            var step = new Step(done.Key, done.Call, done.Resource, $"Activate {done.Resource}");
            await run.StepAsync(step, token => SetAsync(run, done.Resource, "Active", token), cancellationToken);
        }
    }

    protected static Task<UpdateAccessKeyResponse> SetAsync(ActionRun run, string key, string status, CancellationToken cancellationToken) =>
        run.Aws.Iam(run.Region).UpdateAccessKeyAsync(
            new UpdateAccessKeyRequest { UserName = run.Target.Name, AccessKeyId = key, Status = status }, cancellationToken);

    protected static async Task<List<AccessKeyMetadata>> KeysAsync(ActionRun run, CancellationToken cancellationToken) =>
        (await run.Aws.Iam(run.Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = run.Target.Name }, cancellationToken)).AccessKeyMetadata ?? [];
}

public sealed class DeclaresTooMuch : SampleAction
{
    protected override ImmutableArray<Permission> ExtraPermissions => [new("iam:GetUser")];
}

public sealed class CallsWhatItDoesNotDeclare : SampleAction
{
    public override async Task VerifyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        try
        {
            await run.Aws.Iam(run.Region).GetUserAsync(new GetUserRequest { UserName = run.Target.Name }, cancellationToken);
        }
        catch (Amazon.Runtime.AmazonServiceException)
        {
            await base.VerifyAsync(run, cancellationToken);
        }
    }
}

public sealed class WritesAgain : SampleAction
{
    public override async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var key in await KeysAsync(run, cancellationToken))
        {
            await run.StepAsync(
                new Step(key.AccessKeyId, "iam:UpdateAccessKey", key.AccessKeyId, "Deactivate"),
                token => SetAsync(run, key.AccessKeyId, "Inactive", token),
                cancellationToken);
        }
    }
}

public sealed class NeverLooks : SampleAction
{
    public override Task VerifyAsync(ActionRun run, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class ForgetsToUndo : SampleAction
{
    public override Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken) => Task.CompletedTask;
}

public sealed class HidesACall : SampleAction
{
    public override async Task ApplyAsync(ActionRun run, CancellationToken cancellationToken)
    {
        foreach (var key in await KeysAsync(run, cancellationToken))
        {
            if (run.Changes && key.Status == "Active")
                await SetAsync(run, key.AccessKeyId, "Inactive", cancellationToken);
        }
    }
}
