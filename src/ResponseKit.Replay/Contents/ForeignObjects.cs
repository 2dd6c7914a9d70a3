using System.Text.Json;
using ResponseKit.Text;

namespace ResponseKit.Replay.Contents;

/// <summary>Names JSON objects that stand where records are looked for and are none.</summary>
internal static class ForeignObjects
{
    private const int MostNames = 8;

    private static readonly (string[] Members, string What)[] Known =
    [
        (["class_uid"], "OCSF events, as Amazon Security Lake keeps them; replay the CloudTrail files that they were made from"),
        (["schemaVersion", "detectorId"], "GuardDuty findings as exported; replay reads them in EventBridge's envelope"),
        (["schemaVersion", "service", "severity"], "GuardDuty findings as exported; replay reads them in EventBridge's envelope"),
        (["SchemaVersion", "ProductArn"], "Security Hub findings (ASFF), not CloudTrail records"),
        (["configurationItems"], "an AWS Config snapshot, not CloudTrail records"),
        (["configurationItem"], "AWS Config notifications, not CloudTrail records"),
        (["s3", "eventSource"], "S3 event notifications, which only name objects; replay the objects"),
        (["s3Bucket", "s3ObjectKey"], "CloudTrail's notifications of delivered files, which only name them; replay the files"),
        (["query_name", "srcaddr"], "Route 53 Resolver query logs, not CloudTrail records"),
        (["webaclId"], "AWS WAF logs, not CloudTrail records"),
        (["httpRequest", "terminatingRuleId"], "AWS WAF logs, not CloudTrail records"),
        (["Trails"], "a list of trails, not their records"),
        (["trailList"], "a list of trails, not their records"),
        (["protoPayload"], "Google Cloud audit logs, not CloudTrail records"),
        (["operationName", "resourceId"], "Azure activity logs, not CloudTrail records"),
        (["aws", "@timestamp"], "Elastic documents without event.original; export that field with them"),
        (["aws", "ecs"], "Elastic documents without event.original; export that field with them"),
    ];

    /// <summary>What an object is; its members' names when nothing is known of it.</summary>
    public static string Describe(ReadOnlySpan<byte> json)
    {
        if (!JsonInput.TryLend(json, out var lent, out _))
            return "something that is no JSON";
        using (lent)
            return Describe(lent.Root);
    }

    private static string Describe(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.GetArrayLength() == 0 ? "an empty list" : "lists";
        foreach (var (members, what) in Known)
        {
            if (Array.TrueForAll(members, member => value.TryGetProperty(member, out _)))
                return what;
        }

        // What wraps such objects, one after another or in one member.
        foreach (var member in value.EnumerateObject())
        {
            var inner = member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0 ? member.Value[0] : member.Value;
            if (inner.ValueKind == JsonValueKind.Object && Array.Exists(Known, known => Array.TrueForAll(known.Members, name => inner.TryGetProperty(name, out _))))
                return Describe(inner);
        }

        var names = value.EnumerateObject().Select(member => Printable.Of(member.Name, 40)).ToList();
        return names.Count == 0 ? "an object without members"
            : $"objects with the members {string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? " and others" : "")}";
    }
}
