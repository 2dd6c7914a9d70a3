using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>What braking a user and braking a role have in common.</summary>
internal static class Braking
{
    /// <summary>What is to be put; null, and told, when the request cannot be read or its end has passed. Asks AWS nothing.</summary>
    public static BrakeDocument? TermToApply(ActionRun run, IamPrincipal principal)
    {
        if (BrakeTerm.Of(run) is not { } asked)
            return null;
        if (asked.Until > run.Now)
            return asked;
        run.Skip(Look(run, principal), $"The brake was to end at {BrakeDocument.TextOf(asked.Until)}, which has passed.");
        return null;
    }

    /// <summary>What must stand; null, and told, when the request cannot be read or what it asks for has ended, so that nothing need stand any more.</summary>
    public static BrakeDocument? TermToVerify(ActionRun run, IamPrincipal principal)
    {
        if (BrakeTerm.Of(run) is not { } asked)
            return null;
        if (run.Option(BrakeTerm.Until.Name) is null || asked.Until > run.Now)
            return asked;
        run.AlreadyInPlace(Look(run, principal) with { Summary = $"The brake of {principal.Title} ended at {BrakeDocument.TextOf(asked.Until)}" });
        return null;
    }

    /// <summary>Brakes it.</summary>
    public static async Task ApplyAsync(ActionRun run, IamPrincipal principal, BrakeDocument asked, Func<PrincipalFacts?, bool> isAccounts, CancellationToken cancellationToken)
    {
        var ladder = new BrakeLadder(run, principal);
        if (await FactsAsync(run, ladder, principal, isAccounts, cancellationToken) is { } facts
            && SamePrincipal.Is(run, facts, principal.Title, Look(run, principal) with { Summary = $"Brake {principal.Title}" }, run.Option(AuthorshipOptions.UniqueId.Name)))
            await ladder.ApplyAsync(asked, facts, cancellationToken);
    }

    /// <summary>Reports a brake that does not stand.</summary>
    public static async Task VerifyAsync(ActionRun run, IamPrincipal principal, BrakeDocument asked, Func<PrincipalFacts?, bool> isAccounts, CancellationToken cancellationToken)
    {
        var ladder = new BrakeLadder(run, principal);
        if (await FactsAsync(run, ladder, principal, isAccounts, cancellationToken) is { } facts)
            await ladder.CheckAsync(asked, facts, cancellationToken);
    }

    /// <summary>Takes it off.</summary>
    public static async Task RevertAsync(ActionRun run, IamPrincipal principal, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        var ladder = new BrakeLadder(run, principal);
        foreach (var done in receipt.Changes())
            await ladder.UndoAsync(done, cancellationToken);
    }

    // The document names the principal with its path, so that a principal that cannot be read is not braked.
    private static async Task<PrincipalFacts?> FactsAsync(
        ActionRun run, BrakeLadder ladder, IamPrincipal principal, Func<PrincipalFacts?, bool> isAccounts, CancellationToken cancellationToken)
    {
        var facts = await ladder.FactsAsync(cancellationToken);
        if (facts != PrincipalFacts.Gone)
            return facts is not null && isAccounts(facts) ? facts : null;
        run.NotFound(
            Look(run, principal),
            $"there is no {principal.Title} in account {run.Request.Account}. Check the name; if it was deleted, see by whom: "
            + $"aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=Delete{principal.Kind}.");
        return null;
    }

    private static Step Look(ActionRun run, IamPrincipal principal) =>
        new("principal", $"iam:Get{principal.Kind}", principal.Title, $"Look at {principal.Title} in account {run.Request.Account}");
}
