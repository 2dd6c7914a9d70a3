namespace ResponseKit.Records;

/// <summary>
/// Lambda and some older services put the API version behind the operation in CloudTrail
/// (<c>AddPermission20150331v2</c>); the version changes without notice, so it is not part of a name here.
/// </summary>
public static class OperationNames
{
    /// <summary>Whether a recorded name is that of an operation, with a version or without.</summary>
    public static bool Is(string recorded, string operation) =>
        recorded.StartsWith(operation, StringComparison.Ordinal) && IsVersionSuffix(recorded.AsSpan(operation.Length));

    /// <summary>Whether what follows an operation's name is nothing, or a version: eight digits, perhaps with <c>v2</c>.</summary>
    public static bool IsVersionSuffix(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty)
            return true;
        if (rest.Length < 8 || rest[..8].ContainsAnyExceptInRange('0', '9'))
            return false;
        rest = rest[8..];
        return rest.IsEmpty || (rest.Length > 1 && rest[0] == 'v' && !rest[1..].ContainsAnyExceptInRange('0', '9'));
    }
}
