using System.Collections.Immutable;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Response;

namespace ResponseKit.Functions;

/// <summary>Of the receipts of an incident: which are to be given back, in which order, and which are not, and why.</summary>
/// <param name="Due">What is to be given back, newest first.</param>
/// <param name="Left">What is left as it is.</param>
internal sealed record UndoPlan(ImmutableArray<ActionReceipt> Due, ImmutableArray<UndoLeft> Left)
{
    /// <summary>Makes it.</summary>
    /// <param name="receipts">All receipts of the incident.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="incident">The incident with its case, which tells what the actor made.</param>
    public static UndoPlan Of(IReadOnlyList<ActionReceipt> receipts, UndoRequest request, Incident incident)
    {
        var made = incident.Case.Lineage.Where(entry => entry.Relation == LineageRelation.Created).Select(entry => entry.Resource.ToArn()).ToHashSet(StringComparer.Ordinal);
        var (due, left) = (ImmutableArray.CreateBuilder<ActionReceipt>(), ImmutableArray.CreateBuilder<UndoLeft>());
        foreach (var receipt in receipts.Where(request.Wants).OrderByDescending(receipt => receipt.Finished).ThenBy(receipt => receipt.Id, StringComparer.Ordinal))
        {
            if (ReasonToLeave(receipt, request.All ? [] : made) is { } reason)
                left.Add(new(receipt, reason));
            else
                due.Add(receipt);
        }

        return new(due.ToImmutable(), left.ToImmutable());
    }

    private static string? ReasonToLeave(ActionReceipt receipt, HashSet<string> made)
    {
        if (receipt.Reverted is { } since)
            return $"It was given back at {since:u}.";
        if (!receipt.IsVerified)
            return "The receipt cannot be verified, so nothing is put back by it. Compare it with CloudTrail, and put back by hand what is right.";
        if (ActionCatalogue.Find(receipt.Action) is not { } action)
            return $"This version has no action {receipt.Action}.";
        if (action.Descriptor.Reversibility is Reversibility.Irreversible(var why))
            return $"It cannot be undone: {why}";
        if (!receipt.HasChanged)
            return "Nothing was changed by it.";
        return receipt.Targets.All(made.Contains) ? "The actor made it in the incident, so it stays contained. Ask for \"all\" to give that back too." : null;
    }
}

/// <summary>What is left as it is.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Reason">Why.</param>
internal sealed record UndoLeft(ActionReceipt Receipt, string Reason);
