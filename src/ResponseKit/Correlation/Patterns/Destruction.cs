using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Several different stores of data gone within minutes, or one together with backups. One alone is daily work, and so is a job that deletes old
/// backups only.
/// </summary>
internal sealed class Destruction : IPattern
{
    /// <summary>Its id.</summary>
    public const string Id = PatternScan.Prefix + "destruction";

    private const int Stores = 3;
    private const int Backups = 3;
    private const int Weight = 10;
    private const int HeavyWeight = 20;
    private const int VeryMany = 10;

    private static readonly string[] OfData =
    [
        "rds.database-deleted", "dynamodb.table-deleted", "efs.file-system-deleted", "fsx.file-system-deleted", "kms.key-disabled",
        "s3.log-lifecycle-shortened", "secretsmanager.secret-destroyed",
    ];

    // A bucket is empty when it is deleted: it is no store of data any more, and alone it is a stack's or a test's.
    private static readonly string[] OfBackups = ["rds.backups-deleted", "backup.backups-deleted", "ec2.snapshot-deleted", "s3.bucket-deleted"];

    private readonly Counter<Sameness> stores = new();
    private readonly Counter<Sameness> backups = new();

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        Id,
        "Several stores of data gone, or one with its backups",
        [Techniques.DataDestruction, Techniques.InhibitRecovery],
        "Extortionists and saboteurs delete whatever holds data, and the backups with it.",
        ["An environment taken down as a whole", "Tests that make and delete tables and buckets in numbers"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) =>
        signal.Outcome.TookEffect && Is(signal);

    /// <summary>Whether it tells of a store of data or backups gone.</summary>
    public static bool Is(Signal signal) => OfData.Contains(signal.DetectionId) || OfBackups.Contains(signal.DetectionId);

    /// <inheritdoc/>
    public void Add(Signal signal) => CounterOf(signal).Add(new Sameness(signal));

    /// <inheritdoc/>
    public void Remove(Signal signal) => CounterOf(signal).Remove(new Sameness(signal));

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times) =>
        stores.Different < Stores && (stores.Different == 0 || backups.Different < Backups)
            ? null
            : new Finding(
                stores.Different + backups.Different >= VeryMany ? HeavyWeight : Weight,
                $"deleted or put out of reach {stores.Different + backups.Different} stores of data and backups within {times.RushMinutes} minutes")
            {
                Damage = DamageKind.Destruction,
            };

    private Counter<Sameness> CounterOf(Signal signal) => OfData.Contains(signal.DetectionId) ? stores : backups;
}
