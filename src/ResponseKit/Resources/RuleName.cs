namespace ResponseKit.Resources;

/// <summary>Spells the names of EventBridge rules.</summary>
internal static class RuleName
{
    /// <summary>The name of a rule as its ARN has it; null for a rule without a name.</summary>
    public static string? OnBus(string? rule, string? bus) => rule is null || bus is null or "default" ? rule : $"{bus}/{rule}";
}
