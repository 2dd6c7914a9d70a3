namespace ResponseKit.Reviewing;

/// <summary>Something in a policy file that may stand there, and is dangerous or does nothing.</summary>
/// <param name="Line">The line, counted from 1: the key's, or that of the nearest object around it that is written.</param>
/// <param name="Key">The key, such as <c>guards.approvers</c>, with the number of the item where one of a list is meant.</param>
/// <param name="Problem">What follows from it, as a sentence.</param>
/// <param name="Advice">What to write instead, as a sentence.</param>
public sealed record PolicyWarning(int Line, string Key, string Problem, string Advice)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, {Key}: {Problem} {Advice}";
}
