namespace ResponseKit.Response.Running;

/// <summary>What came of invoking an action function. One of <see cref="Answered"/>, <see cref="Refused"/>, <see cref="Unreachable"/>.</summary>
public abstract record ActionResult
{
    private ActionResult()
    {
    }

    /// <summary>The action ran; the receipt tells how each step ended.</summary>
    /// <param name="Receipt">The receipt.</param>
    public sealed record Answered(ActionReceipt Receipt) : ActionResult;

    /// <summary>The function did not accept the request; nothing was touched.</summary>
    /// <param name="Error">Its answer.</param>
    public sealed record Refused(string Error) : ActionResult;

    /// <summary>The function could not be reached or broke off. What it did by then is in its stored receipt.</summary>
    /// <param name="Error">What happened.</param>
    public sealed record Unreachable(string Error) : ActionResult;

    /// <summary>One sentence for a person.</summary>
    public string Message => this switch
    {
        Answered answered => answered.Receipt.Message,
        Refused refused => refused.Error,
        Unreachable unreachable => unreachable.Error,
        _ => throw new InvalidOperationException("Not a result."),
    };
}
