using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Fsx;

/// <summary>A file system, a volume of one or a backup of one deleted. A final backup leaves everything where it can be restored from.</summary>
public sealed class FileSystemDeleted : IDetection
{
    private static readonly Attempt Data = new(Success: 8, Denied: 2);
    private static readonly Attempt Backup = new(Success: 3, Denied: 1);
    private static readonly string[] Configurations =
        ["windowsConfiguration", "lustreConfiguration", "openZFSConfiguration", "ontapConfiguration"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "fsx.file-system-deleted",
        Title = "FSx file system, volume or backup deleted",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction, Techniques.InhibitRecovery],
        Selectors = [Selector.Writes(EventSources.Fsx, "DeleteFileSystem", "DeleteVolume", "DeleteBackup")],
        Why = "It is gone at once, and what has no backup elsewhere with it.",
        BenignCauses = ["A test environment taken down by infrastructure as code", "Old backups removed by a job"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Array.Exists(Configurations, name => record.Request.Any(name).Any("skipFinalBackup").Flag is false))
            return null;
        var id = record.Request["fileSystemId"].Text ?? record.Request["volumeId"].Text ?? record.Request["backupId"].Text;
        var (weight, what) = record.EventName switch
        {
            "DeleteBackup" => (Backup, "the backup"),
            "DeleteVolume" => (Data, "the volume"),
            _ => (Data, "the file system"),
        };
        return weight.Finding(record, "deleted", "delete", $"{what} {Plain.Name(id)} of FSx")?.With("id", id);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a file system", EventSources.Fsx, "DeleteFileSystem", """{"fileSystemId":"fs-0a1b2c3d"}"""),
        DetectionExample.Match("a volume", EventSources.Fsx, "DeleteVolume",
            """{"volumeId":"fsvol-0a1b2c3d","ontapConfiguration":{"skipFinalBackup":true}}"""),
        DetectionExample.Match("a backup", EventSources.Fsx, "DeleteBackup", """{"backupId":"backup-0a1b2c3d"}"""),
        DetectionExample.Ignore("a file system with a final backup", EventSources.Fsx, "DeleteFileSystem",
            """{"fileSystemId":"fs-0a1b2c3d","windowsConfiguration":{"skipFinalBackup":false}}"""),
        DetectionExample.Ignore("a file system that is gone", EventSources.Fsx, "DeleteFileSystem", """{"fileSystemId":"fs-0a1b2c3d"}""", "FileSystemNotFound"),
    ];
}
