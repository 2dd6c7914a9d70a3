using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>Termination or stop protection switched on for a running instance, in either of the two shapes that CloudTrail has for it.</summary>
public sealed class InstanceProtected : IDetection
{
    private static readonly ImmutableArray<string> Protections = ["disableApiTermination", "disableApiStop"];
    private static readonly Attempt SwitchedOn = new(Success: 10, Denied: 5);
    private static readonly Attempt Changed = new(Success: 7, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.instance-protected",
        Title = "Termination or stop protection set on an instance",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.ModifyComputeConfigurations],
        Selectors = [Selector.Writes(EventSources.Ec2, "ModifyInstanceAttribute")],
        Why = "The November 2025 campaign protected every instance it had launched: each must be unprotected by its own call before it can be terminated.",
        BenignCauses = ["A responder putting an instance under forensic hold", "An administrator protecting a server", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (Protections.FirstOrDefault(name => record.Request[name]["value"].Flag is true) is { } named)
            return Describe(SwitchedOn, record, "switched on", "switch on", named);

        // Called as Attribute=… Value=…, the attribute is a parameter and its value is redacted, so that on and off look the same.
        if (record.Request["attribute"].Text is not { } attribute || !Protections.Contains(attribute) || record.Request["value"].Flag is false)
            return null;
        return record.Request["value"].Flag is true
            ? Describe(SwitchedOn, record, "switched on", "switch on", attribute)
            : Describe(Changed, record, "switched (on or off is not recorded)", "switch", attribute);
    }

    private static Finding? Describe(Attempt weight, CloudTrailRecord record, string did, string todo, string protection)
    {
        var instance = record.Request["instanceId"].Text;
        var kind = protection == "disableApiStop" ? "stop protection" : "termination protection";
        return weight.Finding(record, did, todo, $"{kind} of the instance {Plain.Name(instance)}")
            ?.With("instanceId", instance)
            .With("protection", protection);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("termination protection switched on", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","disableApiTermination":{"value":true}}"""),
        DetectionExample.Match("stop protection switched on", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","disableApiStop":{"value":true}}"""),
        DetectionExample.Match("the attribute given by name, its value redacted", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","attribute":"disableApiTermination","value":"<sensitiveDataRemoved>"}"""),
        DetectionExample.Match("a refused attempt", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","disableApiTermination":{"value":true}}""", "Client.UnauthorizedOperation"),
        DetectionExample.Ignore("termination protection switched off", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","disableApiTermination":{"value":false}}"""),
        DetectionExample.Ignore("the attribute given by name, its value readable and false", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","attribute":"disableApiStop","value":"false"}"""),
        DetectionExample.Ignore("another attribute", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","attribute":"instanceType","value":"<sensitiveDataRemoved>"}"""),
        DetectionExample.Ignore("security groups changed", EventSources.Ec2, "ModifyInstanceAttribute",
            """{"instanceId":"i-0a1b2c3d4e5f60718","groupSet":{"items":[{"groupId":"sg-0a1b2c3d4e5f60718"}]}}"""),
    ];
}
