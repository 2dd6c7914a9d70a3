using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.SecretsManager;

/// <summary>A secret deleted for good, without the days in which it could be restored.</summary>
public sealed class SecretDestroyed : IDetection
{
    private static readonly Attempt Weight = new(Success: 4, Denied: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "secretsmanager.secret-destroyed",
        Title = "Secret deleted without a way back",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.DataDestruction],
        Selectors = [Selector.Writes(EventSources.SecretsManager, "DeleteSecret")],
        Why = "Passwords that nobody has any more keep their owners out of their own systems.",
        BenignCauses = ["Tests and stacks that use the same name again"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Request["forceDeleteWithoutRecovery"].Flag is not true)
            return null;
        var secret = record.Request["secretId"].Text;
        return Weight.Finding(record, "deleted", "delete", $"the secret {Plain.Name(secret)} for good")?.With("secretId", secret);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a secret", EventSources.SecretsManager, "DeleteSecret",
            """{"secretId":"db/password","forceDeleteWithoutRecovery":true}"""),
        DetectionExample.Ignore("a secret that can be restored for a month", EventSources.SecretsManager, "DeleteSecret",
            """{"secretId":"db/password","recoveryWindowInDays":30}"""),
    ];
}
