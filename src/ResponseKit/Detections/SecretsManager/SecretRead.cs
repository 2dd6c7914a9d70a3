using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.SecretsManager;

/// <summary>A secret read, which is daily work; how many different ones were is what <c>pattern.secrets-in-bulk</c> counts.</summary>
public sealed class SecretRead : IDetection
{
    private static readonly Attempt Weight = new(Success: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "secretsmanager.secret-read",
        Title = "Secret read from Secrets Manager",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudSecrets],
        Selectors = [Selector.Reads(EventSources.SecretsManager, "GetSecretValue", "BatchGetSecretValue")],
        Why = "Passwords and keys of other systems lie there. An intruder reads all there are; a program reads its own.",
        BenignCauses =
        [
            "Programs reading their settings, people looking a password up",
            "External Secrets and infrastructure as code, which read many",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Delegation.IsByService(record))
            return null;
        var named = record.Request["secretIdList"].Items.Take(1000).Select(id => id.Text).OfType<string>().ToList();
        if (record.Request["secretId"].Text is { } one)
            named.Add(one);
        // By filters: up to twenty in an answer, which is not recorded.
        var what = named.Count > 0 ? $"the secret {Plain.Names(named)}" : record.EventName == "BatchGetSecretValue" ? $"the secrets that match {Plain.Name(record.Request["filters"].ToString())}" : "a secret";
        return Weight.Finding(record, "read", "read", what)
            ?.With(SecretsCounted.Fact, Math.Max(1, named.Count).ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("one secret", EventSources.SecretsManager, "GetSecretValue", """{"secretId":"db/password"}""") with { IsRead = true },
        DetectionExample.Match("several at once", EventSources.SecretsManager, "BatchGetSecretValue", """{"secretIdList":["a","b","c"]}""") with { IsRead = true },
        DetectionExample.Match("whatever matches", EventSources.SecretsManager, "BatchGetSecretValue",
            """{"filters":[{"key":"name","values":["prod"]}]}""") with { IsRead = true },
        DetectionExample.Ignore("a refused read", EventSources.SecretsManager, "GetSecretValue", """{"secretId":"db/password"}""", "AccessDenied") with { IsRead = true },
        DetectionExample.Ignore("a secret that is not there", EventSources.SecretsManager, "GetSecretValue", """{"secretId":"old"}""", "ResourceNotFoundException") with { IsRead = true },
    ];
}
