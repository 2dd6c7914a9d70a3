using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Events;

/// <summary>
/// What tells that somebody other than the deployer changes ResponseKit itself: the calls of <see cref="OwnParts"/> on what has its name, by whoever is not
/// the role that deploys. This way leads past triage, which may be what was changed.
/// </summary>
internal static class ChangePatterns
{
    /// <summary>The patterns as JSON, by service.</summary>
    /// <param name="deployers">Whose changes are meant to be, and where.</param>
    /// <param name="keyArns">The keys, which have no name of ours; none where there are none.</param>
    public static IEnumerable<(string Service, string Pattern)> For(Deployers deployers, params ImmutableArray<string> keyArns) =>
        from part in OwnParts.All
        group part by part.Service into parts
        let calls = CallsOf(parts)
        where calls.Count > 0 && (parts.Key != "kms" || !keyArns.IsEmpty)
        select (parts.Key, Pattern(parts.Key, [.. parts], calls, deployers, keyArns));

    private static List<string> CallsOf(IEnumerable<OwnPart> parts) =>
    [
        .. parts.SelectMany(part => part.Calls).Where(call => call.Harm != OwnHarm.Nothing || call.ByRequest is not null)
            .Select(call => call.Operation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    private static string Pattern(string service, ImmutableArray<OwnPart> parts, List<string> calls, Deployers deployers, ImmutableArray<string> keyArns)
    {
        // Lambda writes a version behind its operations, so these are matched by how they begin.
        var isVersioned = service == "lambda";
        var detail = new JsonObject
        {
            ["eventSource"] = new JsonArray(parts[0].EventSource),
            ["eventName"] = new JsonArray([.. calls.Select(call => isVersioned ? (JsonNode)new JsonObject { ["prefix"] = call } : call)]),
            ["userIdentity"] = new JsonObject
            {
                ["sessionContext"] = new JsonObject
                {
                    ["sessionIssuer"] = new JsonObject
                    {
                        ["arn"] = new JsonArray(new JsonObject { ["exists"] = false }, new JsonObject { ["anything-but"] = Roles(deployers) }),
                    },
                },
            },
        };
        if (service == "kms")
            detail["resources"] = new JsonObject { ["ARN"] = new JsonArray([.. keyArns.Select(arn => JsonValue.Create(arn))]) };
        else
            detail["requestParameters"] = Names(parts);
        var pattern = new JsonObject
        {
            // Nobody but AWS can send what begins so; which word follows is each service's choice.
            ["source"] = new JsonArray(new JsonObject { ["prefix"] = "aws." }),
            ["detail-type"] = new JsonArray("AWS API Call via CloudTrail"),
            ["detail"] = detail,
        };
        if (!deployers.Regions.IsEmpty)
            pattern["region"] = new JsonArray([.. deployers.Regions.Select(region => JsonValue.Create(region))]);
        if (deployers.Account is { } account)
            pattern["account"] = new JsonArray(deployers.Elsewhere ? new JsonObject { ["anything-but"] = new JsonArray(account) } : account);
        return pattern.ToJsonString();
    }

    private static JsonNode Roles(Deployers deployers)
    {
        var arns = new JsonArray([.. deployers.RoleArns.Select(arn => JsonValue.Create(arn))]);
        return deployers.RoleArns.Any(arn => arn.Contains('*')) ? new JsonObject { ["wildcard"] = arns } : arns;
    }

    // By name, or at its place in an ARN or address. That a name holds the word somewhere says nothing.
    private static JsonObject Names(ImmutableArray<OwnPart> parts)
    {
        var names = (from part in parts
                     from field in part.Fields
                     group part by field into fields
                     select new JsonObject { [fields.Key] = new JsonArray([.. fields.SelectMany(Spellings).Distinct().Select(Test)]) }).ToList();
        return names.Count == 1 ? names[0] : new JsonObject { ["$or"] = new JsonArray([.. names]) };
    }

    private static IEnumerable<(string Test, string Text)> Spellings(OwnPart part)
    {
        ImmutableArray<string> beginnings = part.Resources.Any(resource => resource.Contains("StackSet-", StringComparison.Ordinal))
            ? [DeployedNames.Prefix, $"StackSet-{DeployedNames.Prefix}"]
            : [part.Service == "s3" ? DeployedNames.Prefix.ToLowerInvariant() + "-" : DeployedNames.Prefix];
        foreach (var beginning in beginnings)
        {
            yield return ("prefix", beginning);
            if (part.Service != "s3")
                yield return ("wildcard", $"*{(part.Service == "sqs" || part.Prefixes[0].EndsWith('/') ? '/' : ':')}{beginning}*");
        }
    }

    private static JsonNode Test((string Test, string Text) spelling) => new JsonObject { [spelling.Test] = spelling.Text };
}
