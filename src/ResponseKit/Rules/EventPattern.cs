using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Detections;

namespace ResponseKit.Rules;

/// <summary>
/// Writes event patterns (EventBridge User Guide, "Comparison operators for use in event patterns"). An operator <c>$or</c> keeps the operations of one
/// service from those of another; it wants at least two branches.
/// </summary>
internal static class EventPattern
{
    // The only service of ours that does: Lambda Developer Guide, "Logging AWS Lambda API calls using AWS CloudTrail". A version changes without notice.
    private const string Versioned = EventSources.Lambda;

    /// <summary>The pattern as JSON without spaces.</summary>
    /// <param name="kind">What they all are.</param>
    /// <param name="heard">What it must match, at least one.</param>
    /// <param name="ownRoleArns">The roles whose sessions' calls it must not match.</param>
    public static string Of(RuleKind kind, ImmutableArray<Heard> heard, ImmutableArray<string> ownRoleArns) => (kind switch
    {
        RuleKind.Event => new JsonObject { ["source"] = Texts(heard.Select(one => one.From)), ["detail-type"] = Texts(heard.Select(one => one.Name)) },
        RuleKind.ByCaller or RuleKind.ReadsByCaller => Recorded(Detail(new JsonObject(), ownRoleArns, Texts(heard.Select(one => one.From)))),
        _ => Recorded(Detail(Calls(heard), ownRoleArns)),
    }).ToJsonString();

    // What only AWS can send, of every service: the source follows from the service's name, but not always from its eventSource. And every sort of
    // event that CloudTrail sends: which sort a sign-in is, is spelled in two ways.
    private static JsonObject Recorded(JsonObject detail) => new()
    {
        ["source"] = new JsonArray(new JsonObject { ["prefix"] = "aws." }),
        ["detail-type"] = new JsonArray(new JsonObject { ["suffix"] = " via CloudTrail" }),
        ["detail"] = detail,
    };

    private static JsonObject Calls(ImmutableArray<Heard> heard)
    {
        JsonObject[] branches = [.. heard.GroupBy(one => one.From, StringComparer.Ordinal).OrderBy(of => of.Key, StringComparer.Ordinal).Select(Calls)];
        return branches.Length == 1 ? branches[0] : new JsonObject { ["$or"] = new JsonArray([.. branches]) };
    }

    private static JsonObject Calls(IGrouping<string, Heard> ofOne) => new()
    {
        ["eventSource"] = new JsonArray(ofOne.Key),
        ["eventName"] = ofOne.Key == Versioned
            ? new JsonArray([.. Sorted(ofOne.Select(one => one.Name)).Select(name => new JsonObject { ["prefix"] = name })])
            : Texts(ofOne.Select(one => one.Name)),
    };

    private static JsonObject Detail(JsonObject detail, ImmutableArray<string> ownRoleArns, JsonArray? callers = null)
    {
        var identity = new JsonObject();
        if (callers is not null)
            identity["type"] = callers;
        // Whoever has no session has no issuer, and "anything-but" alone would want one.
        if (ownRoleArns.Length > 0)
        {
            var others = new JsonArray(new JsonObject { ["exists"] = false }, new JsonObject { ["anything-but"] = Texts(ownRoleArns) });
            identity["sessionContext"] = new JsonObject { ["sessionIssuer"] = new JsonObject { ["arn"] = others } };
        }

        if (identity.Count > 0)
            detail["userIdentity"] = identity;
        return detail;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. Sorted(texts).Select(text => JsonValue.Create(text))]);

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
