using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>
/// What persons have allowed in an incident, by the answers that were kept. An approval covers exactly what was asked, whatever it was asked for; and it lifts
/// the mode <c>approve</c> from the rest of the incident, so that what the actor makes meanwhile does not have to wait again. Caps, and actions that always
/// wait, ask anew about anything that was not named.
/// </summary>
public sealed class ApprovedScope
{
    private readonly ImmutableHashSet<(string Action, ResourceRef Target)> named;

    private ApprovedScope(ImmutableHashSet<(string Action, ResourceRef Target)> named, bool liftsMode)
    {
        this.named = named;
        LiftsMode = liftsMode;
    }

    /// <summary>Nothing was allowed.</summary>
    public static ApprovedScope Nothing { get; } = new([], liftsMode: false);

    /// <summary>Whether the mode no longer holds the incident back.</summary>
    public bool LiftsMode { get; }

    /// <summary>What the answers to an incident's questions allow.</summary>
    public static ApprovedScope Of(IEnumerable<Approval> approvals)
    {
        var approved = approvals.Where(approval => approval.IsGranted).ToList();
        var pairs = approved.SelectMany(approval => approval.Items).SelectMany(item => item.Targets.Select(target => (item.ActionId, target)));
        return new ApprovedScope([.. pairs], approved.Count > 0);
    }

    /// <summary>Whether an action was named that is none of these.</summary>
    public bool NamesOther(IReadOnlySet<string> actions) => named.Any(pair => !actions.Contains(pair.Action));

    /// <summary>Whether every one of the targets was named for the action.</summary>
    public bool Covers(string action, IEnumerable<ResourceRef> targets) => !named.IsEmpty && targets.All(target => named.Contains((action, target)));
}
