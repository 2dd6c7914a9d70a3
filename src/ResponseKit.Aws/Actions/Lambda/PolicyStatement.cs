using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using ResponseKit.Resources;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>Reads statements of a function's policy. Lambda API Reference, AddPermission.</summary>
internal static class PolicyStatement
{
    /// <summary>The statements of a policy; none in a text that is no policy.</summary>
    public static IReadOnlyList<JsonObject> AllIn(string? policy)
    {
        if (policy is null)
            return [];
        try
        {
            return JsonNode.Parse(policy)?["Statement"] switch
            {
                JsonArray many => [.. many.OfType<JsonObject>()],
                JsonObject one => [one],
                _ => [],
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    /// <summary>The statement's id.</summary>
    public static string IdOf(JsonObject statement) => TextOf(statement["Sid"]) ?? "";

    /// <summary>Whether it lets anyone call: it names everybody, and no condition narrows that to an account, organization or resource.</summary>
    public static bool IsPublic(JsonObject statement) =>
        TextOf(statement["Effect"]) == "Allow" && IsEverybody(statement["Principal"]) && !Conditions(statement).Any(Narrows);

    /// <summary>The request that adds a statement again; null when it holds what the request cannot say.</summary>
    public static AddPermissionRequest? ToRequest(JsonObject statement)
    {
        var request = new AddPermissionRequest { StatementId = IdOf(statement), Action = TextOf(statement["Action"]), Principal = "*" };
        return request.Action is not null && Conditions(statement).All(condition => AddTo(request, condition)) ? request : null;
    }

    private static bool AddTo(AddPermissionRequest request, Condition condition)
    {
        if (condition.Values is not [var value])
            return false;
        switch (condition.Operator.ToLowerInvariant(), condition.Key.ToLowerInvariant())
        {
            case ("arnlike", "aws:sourcearn"):
                request.SourceArn = value;
                return true;
            case ("stringequals", "aws:sourceaccount"):
                request.SourceAccount = value;
                return true;
            case ("stringequals", "aws:principalorgid"):
                request.PrincipalOrgID = value;
                return true;
            case ("stringequals", "lambda:eventsourcetoken"):
                request.EventSourceToken = value;
                return true;
            case ("stringequals", "lambda:functionurlauthtype"):
                request.FunctionUrlAuthType = value;
                return true;
            case ("bool", "lambda:invokedviafunctionurl"):
                request.InvokedViaFunctionUrl = value.Equals("true", StringComparison.OrdinalIgnoreCase);
                return true;
            default:
                return false;
        }
    }

    // How a caller is authorized and by which way he comes, which the keys of Lambda's own tell, does not limit who he is.
    private static bool Narrows(Condition condition) =>
        condition.Operator.ToLowerInvariant() is "stringequals" or "stringlike" or "arnequals" or "arnlike"
        && condition.Key.ToLowerInvariant() is "aws:sourcearn" or "aws:sourceaccount" or "aws:principalarn" or "aws:principalaccount"
            or "aws:principalorgid" or "aws:sourceorgid" or "lambda:eventsourcetoken"
        && condition.Values.Count > 0
        && condition.Values.All(IsSpecific);

    // The ARN of a bucket has no account, but names one bucket.
    private static bool IsSpecific(string value) => Arn.TryParse(value, out var arn) && arn.Account.Length > 0
        ? arn.Account.All(char.IsAsciiDigit)
        : !value.AsSpan().ContainsAny("*?$");

    private static bool IsEverybody(JsonNode? principal) => principal switch
    {
        JsonObject named => IsEverybody(named["AWS"]),
        JsonArray many => many.Any(IsEverybody),
        _ => TextOf(principal) == "*",
    };

    private static IEnumerable<Condition> Conditions(JsonObject statement) =>
        from operation in statement["Condition"] as JsonObject ?? []
        from key in operation.Value as JsonObject ?? []
        select new Condition(
            operation.Key, key.Key,
            [.. (key.Value is JsonArray many ? many.Select(TextOf) : [TextOf(key.Value)]).OfType<string>()]);

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private sealed record Condition(string Operator, string Key, IReadOnlyList<string> Values);
}
