using ResponseKit.Actors;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Response;

namespace ResponseKit.Functions;

/// <summary>
/// Whether ResponseKit itself caused a refusal. Who is braked or contained and means no harm goes on trying for as long as it lasts; that shows nothing of them, and must
/// neither raise a score nor draw the brake out.
/// </summary>
internal sealed class Restraints(FunctionServices services)
{
    // IAM User Guide, "Troubleshoot access denied error messages".
    private static readonly string[] ExplicitDenies = ["with an explicit deny in an identity-based policy", "with an explicit deny in a permissions boundary"];

    // How long IAM takes to spread that a policy is gone.
    private static readonly TimeSpan Spreading = TimeSpan.FromMinutes(1);

    private static readonly HashSet<string> OfIdentities =
        [.. ActionCatalogue.All.Select(action => action.Descriptor).Where(action => action.Stage == ResponseStage.ContainIdentity).Select(action => action.Id)];

    /// <summary>Whether a call was refused by an explicit deny while a receipt says that the caller was braked or contained.</summary>
    public async Task<bool> RefusedAsync(CloudTrailRecord record, Observation observation, CancellationToken cancellationToken)
    {
        var message = record.Root["errorMessage"].Text ?? "";
        if (!ExplicitDenies.Any(deny => message.Contains(deny, StringComparison.Ordinal)) || ActorResource.Of(observation.Actor) is not { } caller)
            return false;
        var root = await services.Cases.KeyOfAsync(observation, cancellationToken);
        if (await services.Cases.LatestOfAsync(root, cancellationToken) is not { } incident)
            return false;
        var receipts = await services.Receipts.OfIncidentAsync(incident.Incident.Id, cancellationToken);
        return receipts.Any(receipt => receipt is { IsVerified: true, Mode: ActionMode.Apply } && OfIdentities.Contains(receipt.Action)
            && receipt.Targets.Contains(caller.ToArn()) && receipt.Steps.Any(step => step.Outcome.MayHaveChanged)
            && record.Time >= receipt.Started && record.Time <= EndOf(receipt) + Spreading);
    }

    private static DateTimeOffset EndOf(ActionReceipt receipt)
    {
        var never = DateTimeOffset.MaxValue - Spreading;
        var until = receipt.Options.TryGetValue(BrakeSpan.Option, out var text) && DateTimeOffset.TryParse(text, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var end) ? end : never;
        return receipt.Reverted is { } reverted && reverted < until ? reverted : until;
    }
}
