namespace ResponseKit.Aws.Actions;

/// <summary>How something is now that a receipt says was changed. One of <see cref="AsLeft"/>, <see cref="AsBefore"/>, <see cref="Otherwise"/>.</summary>
internal abstract record Present
{
    private Present()
    {
    }

    /// <summary>As the receipt's step left it.</summary>
    public sealed record AsLeft : Present;

    /// <summary>As it was before the step: somebody has undone it, or it is gone.</summary>
    public sealed record AsBefore : Present;

    /// <summary>Neither, or it could not be read.</summary>
    /// <param name="Found">How it is, in a sentence.</param>
    public sealed record Otherwise(string Found) : Present;

    /// <summary>It could not be read, which is recorded beside it.</summary>
    public static Present Unread { get; } = new Otherwise("It could not be read how it is now.");

    /// <summary>Tells which.</summary>
    /// <param name="isAsLeft">Whether it is as the step left it.</param>
    /// <param name="isAsBefore">Whether it is as it was before.</param>
    /// <param name="found">How it is otherwise, in a sentence.</param>
    public static Present Of(bool isAsLeft, bool isAsBefore, string found) => isAsLeft ? new AsLeft() : isAsBefore ? new AsBefore() : new Otherwise(found);
}
