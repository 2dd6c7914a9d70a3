using System.Collections.Immutable;

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

    /// <summary>What did not end well, in words; empty when all is done.</summary>
    public ImmutableArray<string> Left =>
    [
        .. Actions.Where(action => action.Result is not ActionResult.Answered { Receipt.Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace or ReceiptStatus.Planned })
            .Select(action => $"{action.ActionId}: {action.Result.Message}"),
    ];
}

/// <summary>One action's last result.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="Request">What it was asked.</param>
/// <param name="Result">What came of it.</param>
public sealed record ActionOutcome(string ActionId, ActionRequest Request, ActionResult Result);
