using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Organizations;

/// <summary>A policy of the organization taken off, deleted, or its whole kind switched off.</summary>
public sealed class GuardrailRemoved : IDetection
{
    private const int KindWeight = 40;
    private const int DetachedWeight = 20;
    private const int DeletedWeight = 8;

    private static readonly string[] Guardrails = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "organizations.guardrail-removed",
        Title = "Guardrail of the organization removed",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.ModifyResourceHierarchy, Techniques.DisableTools],
        Selectors = [Selector.Writes(EventSources.Organizations, "DetachPolicy", "DeletePolicy", "DisablePolicyType")],
        Why = "Service control policies are the one lock that binds administrators, too, and what keeps trails and detectors from being switched off.",
        BenignCauses = ["Guardrails rolled out anew by infrastructure as code or Control Tower", "An account moved to another organizational unit"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var policy = request["policyId"].Text;
        var kind = request["policyType"].Text;
        // Taking off the policy that allows everything leaves less allowed, not more.
        if (policy == "p-FullAWSAccess" || (kind is not null && !Guardrails.Contains(kind)))
            return null;
        var (weight, did, todo, what) = record.EventName switch
        {
            "DisablePolicyType" => (KindWeight, "disabled", "disable", $"all the organization's policies of the kind {Plain.Name(kind)}"),
            "DetachPolicy" => (DetachedWeight, "detached", "detach", $"the organization's policy {Plain.Name(policy)} from {Plain.Name(request["targetId"].Text)}"),
            _ => (DeletedWeight, "deleted", "delete", $"the organization's policy {Plain.Name(policy)}"),
        };
        return new Attempt(weight, Denied: weight / 3).Finding(record, did, todo, what)
            ?.Doing(record, weight == KindWeight ? DamageKind.Blinding : null)
            .With("policyId", policy)
            .With("policyType", kind)
            .With("targetId", request["targetId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a policy taken off an account", EventSources.Organizations, "DetachPolicy", """{"policyId":"p-0a1b2c3d","targetId":"444455556666"}"""),
        DetectionExample.Match("a policy deleted", EventSources.Organizations, "DeletePolicy", """{"policyId":"p-0a1b2c3d"}"""),
        DetectionExample.Match("service control policies switched off", EventSources.Organizations, "DisablePolicyType",
            """{"rootId":"r-0a1b","policyType":"SERVICE_CONTROL_POLICY"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Organizations, "DetachPolicy", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("the policy that allows everything", EventSources.Organizations, "DetachPolicy",
            """{"policyId":"p-FullAWSAccess","targetId":"444455556666"}"""),
        DetectionExample.Ignore("policies about tags switched off", EventSources.Organizations, "DisablePolicyType", """{"rootId":"r-0a1b","policyType":"TAG_POLICY"}"""),
        DetectionExample.Ignore("a policy still in use", EventSources.Organizations, "DeletePolicy", """{"policyId":"p-0a1b2c3d"}""", "PolicyInUseException"),
    ];
}
