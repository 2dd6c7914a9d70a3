using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.ServiceQuotas;

/// <summary>More computing power asked for than the account allows.</summary>
public sealed class QuotaIncreaseRequested : IDetection
{
    private static readonly Attempt Weight = new(Success: 15, Denied: 6, Failed: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "servicequotas.quota-increase-requested",
        Title = "Higher quota of a compute service requested",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.ServiceQuotas, "RequestServiceQuotaIncrease")],
        Why = "A new account's quota is too small to mine with. Small increases are granted by a machine within minutes.",
        BenignCauses = ["A team that grows", "Tools that raise quotas before a launch"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var service = record.Request["serviceCode"].Text;
        if (record.Request.IsPresent && !ComputeServices.Contains(service))
            return null;
        return Weight.Finding(record, "asked", "ask", service is null ? "for a higher service quota" : $"for a higher quota of {Plain.Name(service)}")
            ?.With("serviceCode", service)
            .With("quotaCode", record.Request["quotaCode"].Text)
            .With("desiredValue", record.Request["desiredValue"] is { IsPresent: true } value ? value.ToString() : null);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("more vCPUs", EventSources.ServiceQuotas, "RequestServiceQuotaIncrease",
            """{"serviceCode":"ec2","quotaCode":"L-1216C47A","desiredValue":512}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.ServiceQuotas, "RequestServiceQuotaIncrease", errorCode: "AccessDenied"),
        DetectionExample.Match("a request that is open already", EventSources.ServiceQuotas, "RequestServiceQuotaIncrease",
            """{"serviceCode":"ec2","quotaCode":"L-DB2E81BA","desiredValue":64.0}""", "ResourceAlreadyExistsException"),
        DetectionExample.Ignore("more buckets", EventSources.ServiceQuotas, "RequestServiceQuotaIncrease",
            """{"serviceCode":"s3","quotaCode":"L-DC2B2D3D","desiredValue":200}"""),
    ];
}
