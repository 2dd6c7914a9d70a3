using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>What an action may call, by phase. Each phase lists all that it calls, reads included.</summary>
/// <param name="Plan">Reads only; also what verification needs.</param>
/// <param name="Apply">What applying calls.</param>
/// <param name="Revert">What reverting calls.</param>
public sealed record ActionPermissions(ImmutableArray<Permission> Plan, ImmutableArray<Permission> Apply, ImmutableArray<Permission> Revert)
{
    /// <summary>The permissions of one mode of a request.</summary>
    public ImmutableArray<Permission> For(ActionMode mode) => mode switch
    {
        ActionMode.Plan or ActionMode.Verify => Plan,
        ActionMode.Apply => Apply,
        ActionMode.Revert => Revert,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode."),
    };
}
