namespace ResponseKit.Rules;

/// <summary>Where a rule is, as far as its pattern depends on it. Placeholders must be as long as what takes their place.</summary>
/// <param name="Partition">Such as <c>aws</c>.</param>
/// <param name="Account">The account's twelve digits.</param>
/// <param name="Region">Such as <c>eu-west-1</c>.</param>
public sealed record RulePlace(string Partition, string Account, string Region);
