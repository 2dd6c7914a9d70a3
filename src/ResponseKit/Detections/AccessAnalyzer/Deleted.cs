using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.AccessAnalyzer;

/// <summary>The analyzer that tells what is open to outsiders deleted.</summary>
public sealed class Deleted : IDetection
{
    private static readonly Attempt Weight = new(Success: 10, Denied: 3);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "accessanalyzer.deleted",
        Title = "IAM Access Analyzer deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.AccessAnalyzer, "DeleteAnalyzer")],
        Why = "The analyzer would report a role or bucket that was opened to the intruder's own account.",
        BenignCauses = ["An analyzer of the account replaced by the organization's", "Stacks being deleted"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request["analyzerName"].Text;
        var which = name is null ? "an analyzer" : $"the analyzer {Plain.Name(name)}";
        return Weight.Finding(record, "deleted", "delete", $"{which} of IAM Access Analyzer") is { } finding
            ? (finding with { Grave = true }).Doing(record, DamageKind.Blinding).With("analyzerName", name)
            : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the account's analyzer", EventSources.AccessAnalyzer, "DeleteAnalyzer", """{"analyzerName":"account"}"""),
        DetectionExample.Match("a refused attempt", EventSources.AccessAnalyzer, "DeleteAnalyzer", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("an analyzer that does not exist", EventSources.AccessAnalyzer, "DeleteAnalyzer",
            """{"analyzerName":"x"}""", "ResourceNotFoundException"),
    ];
}
