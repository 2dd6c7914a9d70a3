namespace ResponseKit.Response.Stores;

/// <summary>That ResponseKit must change nothing for now, neither forwards nor back. Observing and planning go on.</summary>
/// <param name="Reason">Why, in the words of whoever set it.</param>
/// <param name="By">Who set it.</param>
/// <param name="Since">When.</param>
public sealed record KillSwitch(string Reason, string By, DateTimeOffset Since)
{
    /// <summary>Whether ResponseKit or its command line wrote it. It counts either way.</summary>
    public bool IsVerified { get; init; } = true;
}
