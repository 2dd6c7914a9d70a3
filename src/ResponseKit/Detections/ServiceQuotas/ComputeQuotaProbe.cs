using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.ServiceQuotas;

/// <summary>A look at how much computing the account allows.</summary>
public sealed class ComputeQuotaProbe : IDetection
{
    private static readonly Attempt Weight = new(Success: 8, Denied: 5, Failed: 3);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "servicequotas.compute-quota-probe",
        Title = "Quotas of a compute service read",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudInfrastructureDiscovery],
        Selectors =
        [
            Selector.Reads(EventSources.ServiceQuotas, "GetServiceQuota", "ListServiceQuotas", "GetAWSDefaultServiceQuota", "ListAWSDefaultServiceQuotas"),
        ],
        Why = "The vCPU quota tells what a stolen account is worth. Reading it was the first step of the November 2025 campaign, region after region.",
        BenignCauses = ["AWS Trusted Advisor and quota monitors, which should be exempt by their role", "A console user looking at quotas"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Delegation.IsByService(record))
            return null;
        // On a refusal the request is left out; that somebody asks for quotas at all is then what remains.
        var service = record.Request["serviceCode"].Text;
        if (record.Request.IsPresent && !ComputeServices.Contains(service))
            return null;
        var what = service is null ? "service quotas" : $"the quotas of {Plain.Name(service)}";
        return Weight.Finding(record, "read", "read", what)
            ?.With("serviceCode", service)
            .With("quotaCode", record.Request["quotaCode"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the vCPU quota of EC2", EventSources.ServiceQuotas, "GetServiceQuota", """{"serviceCode":"ec2","quotaCode":"L-1216C47A"}"""),
        DetectionExample.Match("all quotas of Fargate", EventSources.ServiceQuotas, "ListServiceQuotas", """{"serviceCode":"fargate"}"""),
        DetectionExample.Match("the default vCPU quota", EventSources.ServiceQuotas, "GetAWSDefaultServiceQuota",
            """{"serviceCode":"ec2","quotaCode":"L-1216C47A"}"""),
        DetectionExample.Match("all default quotas", EventSources.ServiceQuotas, "ListAWSDefaultServiceQuotas", """{"serviceCode":"sagemaker"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.ServiceQuotas, "ListServiceQuotas", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a quota that miners do not care for", EventSources.ServiceQuotas, "GetServiceQuota",
            """{"serviceCode":"s3","quotaCode":"L-DC2B2D3D"}"""),
        DetectionExample.Ignore("a service that looks on the user's behalf", EventSources.ServiceQuotas, "GetServiceQuota",
            """{"serviceCode":"ec2","quotaCode":"L-1216C47A"}""") with { InvokedBy = "eks.amazonaws.com" },
        DetectionExample.Ignore("a request without a service", EventSources.ServiceQuotas, "ListServiceQuotas", "{}", "ValidationException"),
    ];
}
