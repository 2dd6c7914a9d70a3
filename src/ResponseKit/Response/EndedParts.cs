using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>
/// What actions ended besides their targets: what was in them or belonged to them. The receipts say it, call by call; what was undone since does not count, nor what
/// cannot be verified.
/// </summary>
public static class EndedParts
{
    /// <summary>Every resource that the steps of these receipts took away or switched off.</summary>
    public static IReadOnlySet<ResourceRef> Of(IEnumerable<ActionReceipt> receipts) =>
        receipts.Where(receipt => receipt.IsVerified && receipt.Reverted is null).SelectMany(OfReceipt).ToHashSet();

    private static IEnumerable<ResourceRef> OfReceipt(ActionReceipt receipt)
    {
        if (receipt.Targets is not [var target, ..] || ResourceRef.FromArn(target) is not { } owner)
            yield break;
        foreach (var step in receipt.Steps.Where(step => step.Outcome is StepOutcome.Applied or StepOutcome.AlreadyInPlace))
        {
            if (PartOf(step, owner) is { } part)
                yield return part;
        }
    }

    private static ResourceRef? PartOf(StepReceipt step, ResourceRef owner) => (step.Call, step.Key.Split('/')) switch
    {
        ("ecs:DeregisterTaskDefinition" or "ecs:DeleteTaskDefinitions", ["task-definition", var name, ..]) => Named(ResourceKind.EcsTaskDefinition, name, owner),
        ("ecs:DeleteService", ["service", var name, ..]) => Named(ResourceKind.EcsService, $"{owner.Name}/{name}", owner),
        ("ecs:StopTask", ["task", var name, ..]) => Named(ResourceKind.EcsTask, $"{owner.Name}/{name}", owner),
        ("iam:UpdateAccessKey", ["access-key", var key]) => Named(ResourceKind.AccessKey, $"{owner.Name}/{key}", owner),
        _ => null,
    };

    private static ResourceRef? Named(ResourceKind kind, string name, ResourceRef owner) => ResourceRef.Parse(kind, name, owner.Account, owner.Region);
}
