using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Deployment;

namespace ResponseKit.Infra.Events;

/// <summary>
/// What tells that somebody other than the deployer changes ResponseKit itself: calls on what has its name, by whoever is not the role that deploys.
/// </summary>
internal static class ChangePatterns
{
    // Lambda writes a version behind its operations, so these are matched by how they begin.
    private static readonly ImmutableArray<(string Service, string Source, string[] Calls, string Match, string[] Fields)> Watched =
    [
        ("events", "events.amazonaws.com",
            ["DeleteEventBus", "DeleteRule", "DisableRule", "PutPermission", "PutRule", "PutTargets", "RemovePermission", "RemoveTargets", "UpdateEventBus"],
            "", ["name", "rule", "eventBusName"]),
        ("lambda", "lambda.amazonaws.com",
            ["AddPermission", "DeleteFunction", "PutFunctionConcurrency", "PutFunctionEventInvokeConfig", "RemovePermission", "UpdateFunction"],
            "prefix", ["functionName"]),
        ("iam", "iam.amazonaws.com",
            ["AttachRolePolicy", "DeleteRole", "DeleteRolePolicy", "DetachRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy", "UpdateAssumeRolePolicy"],
            "", ["roleName"]),
        ("states", "states.amazonaws.com", ["DeleteStateMachine", "UpdateStateMachine"], "", ["stateMachineArn"]),
        ("dynamodb", "dynamodb.amazonaws.com", ["DeleteTable", "UpdateContinuousBackups", "UpdateTable", "UpdateTimeToLive"], "", ["tableName"]),
    ];

    /// <summary>The patterns as JSON, by service.</summary>
    /// <param name="deployers">Whose changes are meant to be, and where.</param>
    public static IEnumerable<(string Service, string Pattern)> For(Deployers deployers) => Watched.Select(watched => (watched.Service, Pattern(watched, deployers)));

    private static string Pattern((string Service, string Source, string[] Calls, string Match, string[] Fields) watched, Deployers deployers)
    {
        var pattern = new JsonObject
        {
            ["source"] = new JsonArray("aws." + watched.Service),
            ["detail-type"] = new JsonArray("AWS API Call via CloudTrail"),
            ["detail"] = new JsonObject
            {
                ["eventSource"] = new JsonArray(watched.Source),
                ["eventName"] = new JsonArray([.. watched.Calls.Select(call => watched.Match.Length > 0 ? (JsonNode)new JsonObject { [watched.Match] = call } : call)]),
                ["userIdentity"] = new JsonObject
                {
                    ["sessionContext"] = new JsonObject
                    {
                        ["sessionIssuer"] = new JsonObject
                        {
                            ["arn"] = new JsonArray(
                                new JsonObject { ["exists"] = false },
                                new JsonObject { ["anything-but"] = Roles(deployers) }),
                        },
                    },
                },
                ["requestParameters"] = Names(watched.Fields),
            },
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

    // A name, or an ARN with the name in it.
    private static JsonObject Names(string[] fields)
    {
        JsonObject[] names = [.. fields.Select(field => new JsonObject { [field] = new JsonArray(new JsonObject { ["wildcard"] = $"*{DeployedNames.Prefix}*" }) })];
        return names.Length == 1 ? names[0] : new JsonObject { ["$or"] = new JsonArray([.. names]) };
    }
}
