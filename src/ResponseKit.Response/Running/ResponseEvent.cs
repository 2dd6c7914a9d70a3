namespace ResponseKit.Response.Running;

/// <summary>Progress of a response, for whoever watches. One of <see cref="Started"/>, <see cref="Ended"/>, <see cref="Looked"/>.</summary>
public abstract record ResponseEvent
{
    private ResponseEvent()
    {
    }

    /// <summary>An action function was invoked.</summary>
    /// <param name="ActionId">The action.</param>
    /// <param name="Request">What it was asked.</param>
    public sealed record Started(string ActionId, ActionRequest Request) : ResponseEvent;

    /// <summary>It answered.</summary>
    /// <param name="ActionId">The action.</param>
    /// <param name="Request">What it was asked.</param>
    /// <param name="Result">What it answered.</param>
    public sealed record Ended(string ActionId, ActionRequest Request, ActionResult Result) : ResponseEvent;

    /// <summary>Everything that was applied was looked at.</summary>
    /// <param name="Holding">How many actions hold.</param>
    /// <param name="Broken">How many did not and were applied again.</param>
    public sealed record Looked(int Holding, int Broken) : ResponseEvent;
}
