using ResponseKit.Response.Stores;

namespace ResponseKit.Functions;

/// <summary>Starts responses.</summary>
public interface IResponseStarter
{
    /// <summary>
    /// Starts the response to a round of an incident. Doing so again under the same <see cref="IncidentRecord.ResponseName"/> starts nothing.
    /// Returns as soon as the response is under way.
    /// </summary>
    Task<ResponseStart> StartAsync(IncidentRecord record, CancellationToken cancellationToken);
}

/// <summary>What came of starting a response. One of <see cref="UnderWay"/>, <see cref="NotStarted"/>.</summary>
public abstract record ResponseStart
{
    private ResponseStart()
    {
    }

    /// <summary>It was started, now or before.</summary>
    public sealed record UnderWay : ResponseStart;

    /// <summary>It was not, and nothing will happen by itself.</summary>
    /// <param name="Reason">Why, and what a person can do.</param>
    public sealed record NotStarted(string Reason) : ResponseStart;
}
