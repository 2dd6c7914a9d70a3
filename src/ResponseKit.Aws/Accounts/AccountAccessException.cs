namespace ResponseKit.Aws.Accounts;

/// <summary>An account could not be entered. Nothing was changed in it. The message says which, why and what to do.</summary>
public sealed class AccountAccessException : Exception
{
    /// <summary>Makes the error.</summary>
    public AccountAccessException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
