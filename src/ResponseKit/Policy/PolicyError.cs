namespace ResponseKit.Policy;

/// <summary>Something wrong in the policy file, in words for the person who wrote it.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Key">The key, such as <c>guards.exemptAccounts[2]</c>; "(file)" for the whole.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Accepts">What may stand there.</param>
public sealed record PolicyError(int Line, string Key, string Problem, string Accepts)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}, {Key}: {Problem} Accepted: {Accepts}.";
}
