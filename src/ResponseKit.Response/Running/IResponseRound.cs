namespace ResponseKit.Response.Running;

/// <summary>An incident's round as a response sees it that is carried through in one process.</summary>
public interface IResponseRound
{
    /// <summary>Plans anew from all that is known by now; called before every pass.</summary>
    Task<ResponsePlan> PlanAsync(CancellationToken cancellationToken);

    /// <summary>Keeps a pass, so that it is known which events were planned by.</summary>
    Task KeepAsync(ResponsePass pass, CancellationToken cancellationToken);

    /// <summary>Ends the round, unless something took effect that no plan knew: then another pass is due.</summary>
    /// <param name="answered">The events that plans were made by.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>Whether it has ended.</returns>
    Task<bool> EndAsync(AnsweredEvents answered, CancellationToken cancellationToken);
}
