using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Records;

namespace ResponseKit.Rules;

/// <summary>
/// Writes event patterns (EventBridge User Guide, "Comparison operators for use in event patterns"). An operator <c>$or</c> keeps the operations of one
/// service from those of another; it wants at least two branches.
/// </summary>
internal static class EventPattern
{
    // The only service of ours that does: Lambda Developer Guide, "Logging AWS Lambda API calls using AWS CloudTrail". A version changes without notice.
    private const string Versioned = EventSources.Lambda;
    private const string Identity = "userIdentity";

    /// <summary>The pattern as JSON without spaces.</summary>
    /// <param name="kind">What they all are.</param>
    /// <param name="heard">What it must match, at least one.</param>
    /// <param name="leftOut">Whose calls it must not match.</param>
    public static string Of(RuleKind kind, ImmutableArray<Heard> heard, LeftOut leftOut) => (kind switch
    {
        RuleKind.Event => new JsonObject { ["source"] = Texts(heard.Select(one => one.From)), ["detail-type"] = Texts(heard.Select(one => one.Name)) },
        RuleKind.ByCaller or RuleKind.ReadsByCaller => Recorded(Detail(new JsonObject { [Identity] = new JsonObject { ["type"] = Texts(heard.Select(one => one.From)) } }, leftOut)),
        RuleKind.Sessions => Recorded(Detail(OfIdentities(Calls(heard), leftOut), leftOut)),
        _ => Recorded(Detail(Calls(heard), leftOut)),
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

    // See SessionOpenings. What a record lacks is no reason to leave it out, but for the type, which every caller of one's own has.
    private static JsonObject OfIdentities(JsonObject detail, LeftOut leftOut)
    {
        var identity = new JsonObject
        {
            ["type"] = new JsonArray(new JsonObject { ["anything-but"] = Texts([SessionOpenings.OfServices]) }),
            ["invokedBy"] = Unless("suffix", SessionOpenings.InvokedByService),
        };
        if (!leftOut.Issuers.IsEmpty)
            identity["principalId"] = Unless("prefix", Texts(leftOut.Issuers));
        detail[Identity] = identity;
        return detail;
    }

    private static JsonArray Unless(string how, JsonNode what) =>
        new(new JsonObject { ["exists"] = false }, new JsonObject { ["anything-but"] = new JsonObject { [how] = what } });

    private static JsonObject Detail(JsonObject detail, LeftOut leftOut)
    {
        // Whoever has no session has no issuer, and "anything-but" alone would want one.
        if (leftOut.Roles.IsEmpty)
            return detail;
        var others = new JsonArray(new JsonObject { ["exists"] = false }, new JsonObject { ["anything-but"] = Texts(leftOut.Roles) });
        var identity = detail[Identity] as JsonObject ?? [];
        identity["sessionContext"] = new JsonObject { ["sessionIssuer"] = new JsonObject { ["arn"] = others } };
        detail[Identity] = identity;
        return detail;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. Sorted(texts).Select(text => JsonValue.Create(text))]);

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
