using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage;

/// <summary>
/// Functions that were made, opened to others, or given other code or rights. A new description, timeout or size changes nothing that a function does, and
/// stopping a function for it would let an actor stop production with one harmless call each.
/// </summary>
public sealed class LambdaLineage : ILineageReader
{
    private const string Lambda = "lambda.amazonaws.com";

    private static readonly Selector Creation = Selector.Writes(Lambda, "CreateFunction");

    private static readonly Selector Change = Selector.Writes(
        Lambda, "AddPermission", "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig", "UpdateFunctionCode", "UpdateFunctionConfiguration");

    private static readonly Selector Configuration = Selector.Writes(Lambda, "UpdateFunctionConfiguration");

    // What runs, as whom, with what and where is in the other fields (Lambda API Reference, UpdateFunctionConfiguration).
    private static readonly string[] Harmless =
        ["functionName", "description", "timeout", "memorySize", "revisionId", "tracingConfig", "loggingConfig", "ephemeralStorage", "deadLetterConfig"];

    /// <inheritdoc/>
    public ImmutableArray<Selector> Selectors { get; } = [Creation, Change];

    /// <inheritdoc/>
    public IEnumerable<LineageEntry> Read(CloudTrailRecord record)
    {
        var name = Name(record.Request["functionName"].Text);
        if (Creation.Accepts(record))
            return record.Created(ResourceKind.LambdaFunction, name);
        return Configuration.Accepts(record) && IsHarmless(record.Request)
            ? record.Mentioned(ResourceKind.LambdaFunction, name)
            : record.Altered(ResourceKind.LambdaFunction, name);
    }

    // CloudTrail leaves out what may be secret, so that a request that names nothing but the function may have changed anything.
    private static bool IsHarmless(Field request) =>
        request.Members.All(member => Harmless.Contains(member.Name)) && request.Members.Any(member => member.Name is not ("functionName" or "revisionId"));

    // A name, a name with a qualifier, "account:function:name" or an ARN (Lambda API Reference, "FunctionName").
    private static string? Name(string? text)
    {
        if (text is null || text.StartsWith("arn:", StringComparison.Ordinal))
            return text;
        var parts = text.Split(':');
        return parts is [_, "function", var name, ..] ? name : parts[0];
    }
}
