namespace ResponseKit.Records;

/// <summary>What came of reading a record. One of <see cref="Parsed"/>, <see cref="Rejected"/>.</summary>
public abstract record ParseResult
{
    private ParseResult()
    {
    }

    /// <summary>It is a CloudTrail record.</summary>
    /// <param name="Record">The record; it owns its memory.</param>
    public sealed record Parsed(CloudTrailRecord Record) : ParseResult;

    /// <summary>It is none, or none that may be believed. Nothing follows from it.</summary>
    /// <param name="Reason">Why, in one line that is safe to log.</param>
    public sealed record Rejected(string Reason) : ParseResult;
}
