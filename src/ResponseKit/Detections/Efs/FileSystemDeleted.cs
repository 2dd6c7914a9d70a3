using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Efs;

/// <summary>A file system deleted with all its files.</summary>
public sealed class FileSystemDeleted : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 2);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "efs.file-system-deleted",
        Title = "EFS file system deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction],
        Selectors = [Selector.Writes(EventSources.Efs, "DeleteFileSystem")],
        Why = "It is gone at once, and what has no backup elsewhere with it.",
        BenignCauses = ["A test environment taken down by infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var id = record.Request["fileSystemId"].Text;
        return Weight.Finding(record, "deleted", "delete", $"the file system {Plain.Name(id)}")?.With("fileSystemId", id);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a file system", EventSources.Efs, "DeleteFileSystem", """{"fileSystemId":"fs-0a1b2c3d"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Efs, "DeleteFileSystem", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a file system in use", EventSources.Efs, "DeleteFileSystem", """{"fileSystemId":"fs-0a1b2c3d"}""", "FileSystemInUse"),
    ];
}
