namespace ResponseKit.Aws.Accounts;

/// <summary>Role session names: 2 to 64 characters out of letters, digits and <c>_+=,.@-</c> (STS API Reference, "AssumeRole").</summary>
internal static class SessionNames
{
    private const int Longest = 64;

    /// <summary>Such as <c>iam.contain-user@INC-42</c>. Other characters become a hyphen; an incident's end is cut off where there is no room.</summary>
    public static string Of(string action, string? incident)
    {
        var name = string.IsNullOrEmpty(incident) ? $"{action}@ResponseKit" : $"{action}@{incident}";
        return string.Concat(name.Take(Longest).Select(letter => char.IsAsciiLetterOrDigit(letter) || "_+=,.@-".Contains(letter) ? letter : '-'));
    }
}
