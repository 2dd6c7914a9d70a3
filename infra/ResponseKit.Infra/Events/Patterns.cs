using System.Text.Json.Nodes;
using ResponseKit.Aws.Accounts;
using ResponseKit.Infra.Settings;
using ResponseKit.Records;
using ResponseKit.Rules;

namespace ResponseKit.Infra.Events;

/// <summary>Event patterns for CDK, which wants them as objects and not as text.</summary>
internal static class Patterns
{
    // As long as what takes their place can be: the longest partition, and the digits of an account.
    private const string Partition = "aws-us-gov";
    private const string Account = "000000000000";
    private const string Region = "xx-somewhere-0";

    /// <summary>The rules of the catalogue. What the responder role does is left out, by its exact ARN in the account of the rules.</summary>
    public static IEnumerable<EventRule> Rules(IEnumerable<Selector> selectors) =>
        EventRules.For(selectors, [new ResponderRole().ArnIn(Partition, Account)], new RulePlace(Partition, Account, Region));

    /// <summary>A pattern with the account's own partition and id, and the region, in the places kept for them.</summary>
    public static string Named(string pattern) => pattern
        .Replace($"arn:{Partition}:", $"arn:{Here.Partition}:", StringComparison.Ordinal).Replace(Account, Here.Account, StringComparison.Ordinal)
        .Replace(Region, Here.Region, StringComparison.Ordinal);

    /// <summary>A pattern as CDK wants it.</summary>
    public static object ToObject(string pattern) => ToObject(JsonNode.Parse(pattern))!;

    private static object? ToObject(JsonNode? node) => node switch
    {
        JsonObject members => members.ToDictionary(member => member.Key, member => ToObject(member.Value)!, StringComparer.Ordinal),
        JsonArray items => items.Select(ToObject).ToArray(),
        JsonValue value when value.TryGetValue<bool>(out var truth) => truth,
        JsonValue value => value.ToString(),
        _ => null,
    };
}
