using System.Collections.Immutable;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

/// <summary>Actions as tests need them; what they are allowed to call is of no interest here.</summary>
internal static class Descriptors
{
    public static readonly ActionDescriptor ContainUser = Of("iam.contain-user", ResourceKind.IamUser, ResponseStage.ContainIdentity, ActionTrigger.Actor(ResourceKind.IamUser)) with
    {
        Options = [new("accessKeyId", "an access key id", "The key to deactivate first")],
    };

    public static readonly ActionDescriptor ContainRole = Of("iam.contain-role", ResourceKind.IamRole, ResponseStage.ContainIdentity, ActionTrigger.Actor(ResourceKind.IamRole)) with
    {
        Options = [new("denyAll", "true or false", "Deny everything") { Values = ["true", "false"] }],
    };

    public static readonly ActionDescriptor DeactivateKey =
        Of("iam.deactivate-access-key", ResourceKind.AccessKey, ResponseStage.ContainIdentity, ActionTrigger.Created(ResourceKind.AccessKey));

    public static readonly ActionDescriptor WithdrawCredential = Of(
        "iam.withdraw-credential", ResourceKind.Credential, ResponseStage.ContainIdentity,
        ActionTrigger.Created(ResourceKind.Credential), ActionTrigger.Altered(ResourceKind.Credential)) with
    { Options = AuthorshipOptions.Container };

    public static readonly ActionDescriptor RemovePassword =
        Of("iam.remove-password", ResourceKind.LoginProfile, ResponseStage.ContainIdentity, ActionTrigger.Created(ResourceKind.LoginProfile)) with { Options = AuthorshipOptions.Container };

    public static readonly ActionDescriptor CloseTrust =
        Of("iam.close-trust", ResourceKind.RoleTrust, ResponseStage.ContainIdentity, ActionTrigger.Altered(ResourceKind.RoleTrust));

    public static readonly ActionDescriptor ScaleToZero = Of(
        "autoscaling.scale-to-zero", ResourceKind.AutoScalingGroup, ResponseStage.StopSpend,
        ActionTrigger.Created(ResourceKind.AutoScalingGroup), ActionTrigger.Altered(ResourceKind.AutoScalingGroup));

    public static readonly ActionDescriptor TearDownCluster =
        Of("ecs.tear-down-cluster", ResourceKind.EcsCluster, ResponseStage.StopSpend, ActionTrigger.Created(ResourceKind.EcsCluster)) with { Reversibility = Gone };

    public static readonly ActionDescriptor ReleaseProtection = Of(
        "ec2.release-protection", ResourceKind.Instance, ResponseStage.ReverseObstruction,
        ActionTrigger.Created(ResourceKind.Instance), ActionTrigger.Altered(ResourceKind.Instance)) with
    { MaxTargets = 1000 };

    public static readonly ActionDescriptor Terminate =
        Of("ec2.terminate-instances", ResourceKind.Instance, ResponseStage.Eradicate, ActionTrigger.Created(ResourceKind.Instance)) with { MaxTargets = 3, Reversibility = Gone };

    public static readonly ImmutableArray<ActionDescriptor> All = [Terminate, ReleaseProtection, TearDownCluster, ScaleToZero, DeactivateKey, WithdrawCredential, RemovePassword, CloseTrust, ContainRole, ContainUser];

    private static Reversibility Gone => new Reversibility.Irreversible("It is gone.");

    private static ActionDescriptor Of(string id, ResourceKind target, ResponseStage stage, params ImmutableArray<ActionTrigger> triggers) => new()
    {
        Id = id,
        Title = $"Run {id}",
        Summary = "For tests.",
        Target = target,
        Stage = stage,
        Triggers = triggers,
        BlastRadius = "None.",
        Reversibility = new Reversibility.Reversible(),
        Permissions = new([], [], []),
    };
}
