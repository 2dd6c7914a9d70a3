using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>An action declares more permissions than a session policy can hold. A bug of the action; no session was made.</summary>
public sealed class SessionPolicyTooLongException : Exception
{
    /// <summary>Makes the error for permissions whose document has that many characters.</summary>
    public SessionPolicyTooLongException(ImmutableArray<Permission> permissions, int length)
        : base($"The session policy for {string.Join(", ", permissions.Select(permission => permission.Action).Distinct(StringComparer.Ordinal))} has {length} characters, "
            + $"and STS takes {SessionPolicy.MaxLength}. No session was made. Declare fewer or shorter resource patterns in the action.")
    {
    }
}
