using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Deployment;

namespace ResponseKit.Rules;

/// <summary>The names of the rules that a deployment makes in each region of each account to have calls delivered.</summary>
public static class OwnRules
{
    // Most functions never ask. Names depend on how long the role's ARN can be, in whatever partition.
    private static readonly Lazy<ImmutableHashSet<string>> Names = new(() =>
        [.. EventRules.For(Observer.Selectors, [$"arn:aws-us-gov:iam::000000000000:role/{OwnNames.ResponderRole}"]).Select(rule => rule.Name)]);

    /// <summary>Whether a rule of this name is one of them.</summary>
    public static bool DeliversCalls(string name) => Names.Value.Contains(name);
}
