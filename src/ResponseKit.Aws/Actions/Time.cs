namespace ResponseKit.Aws.Actions;

/// <summary>Times as the SDK gives them: without an offset, and in UTC.</summary>
internal static class Time
{
    /// <summary>The moment; null when there is none.</summary>
    public static DateTimeOffset? Of(DateTime? time) => time switch
    {
        null => null,
        { Kind: DateTimeKind.Local } local => new DateTimeOffset(local),
        { } utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
    };
}
