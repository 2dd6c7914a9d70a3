namespace ResponseKit.Response.Running;

/// <summary>The way to an action function: in process, or by Lambda's Invoke.</summary>
public interface IActionInvoker
{
    /// <summary>
    /// Sends an action function its payload and gives its answer: a receipt, or an object with <c>error</c> and <c>fields</c>.
    /// Throws when the function cannot be reached or fails as a whole.
    /// </summary>
    /// <param name="actionId">The action.</param>
    /// <param name="payload">The request as JSON, the same that a person would paste into the console.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<ReadOnlyMemory<byte>> InvokeAsync(string actionId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
