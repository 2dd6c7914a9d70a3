namespace ResponseKit.Functions;

/// <summary>Wakes responses that wait for a person's answer.</summary>
internal interface IResponseWaker
{
    /// <summary>Gives a token back.</summary>
    /// <returns>Whether an execution was waiting with it.</returns>
    Task<bool> WakeAsync(string token, CancellationToken cancellationToken);
}
