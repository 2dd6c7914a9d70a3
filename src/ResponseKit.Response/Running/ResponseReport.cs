using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Response.Running;

/// <summary>What a response did, and what is left to people.</summary>
public sealed record ResponseReport
{
    /// <summary>The incident.</summary>
    public required string Incident { get; init; }

    /// <summary>The last result of each action on each of its requests, in the order in which they were first taken up.</summary>
    public required ImmutableArray<ActionOutcome> Actions { get; init; }

    /// <summary>What guards held back, or a person must approve.</summary>
    public required ImmutableArray<PlannedAction> Held { get; init; }

    /// <summary>What a person must be told.</summary>
    public required ImmutableArray<Page> Pages { get; init; }

    /// <summary>What persons were asked in this round and how it stands, a sentence each.</summary>
    public ImmutableArray<string> Approvals { get; init; } = [];

    /// <summary>Whether everything that was applied was seen to hold, and nothing new came up, as often as the settings ask.</summary>
    public required bool CameToRest { get; init; }

    /// <summary>What did not end well, in words; empty when all is done. What was not found comes first.</summary>
    public ImmutableArray<string> Left =>
    [
        .. Actions.Where(action => !action.IsDone).OrderBy(action => action.Result is ActionResult.Answered { Receipt.Status: ReceiptStatus.NotFound } ? 0 : 1)
            .Select(action => $"{action.ActionId}: {action.Result.Message}"),
    ];

    /// <summary>Whether a person has something left to do: something failed, is held, needs what no action can, or goes on.</summary>
    public bool NeedsSomebody => !Left.IsEmpty || !Held.IsEmpty || !Pages.IsEmpty || !CameToRest;
}

/// <summary>One action's last result.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="Request">What it was asked.</param>
/// <param name="Result">What came of it.</param>
public sealed record ActionOutcome(string ActionId, ActionRequest Request, ActionResult Result)
{
    /// <summary>
    /// Whether nothing is left of it. A resource that is not there does no more harm; an identity that acted a moment ago and is not found may act on under
    /// another name.
    /// </summary>
    public bool IsDone => Result is ActionResult.Answered answered
        && (answered.Receipt.Status is ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace or ReceiptStatus.Planned
            || (answered.Receipt.Status == ReceiptStatus.NotFound && !Request.Targets.Any(target => IsIdentity(target.Kind))));

    private static bool IsIdentity(ResourceKind kind) => kind == ResourceKind.IamUser || kind == ResourceKind.IamRole || kind == ResourceKind.AccessKey
        || kind == ResourceKind.Credential || kind == ResourceKind.LoginProfile;
}
