namespace ResponseKit.Resources;

/// <summary>AWS account ids: twelve digits, kept as text because leading zeros count.</summary>
public static class AccountId
{
    /// <summary>Whether the text is one.</summary>
    public static bool IsValid(string? text) => text is { Length: 12 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
