using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>A launch template that prepares accelerated or very large instances, or brings a start-up script.</summary>
public sealed class CostlyLaunchTemplate : IConfiguredDetection
{
    private const int StartUpScriptWeight = 5;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ec2.costly-launch-template",
        Title = "Launch template for accelerated or very large instances, or with a start-up script",
        Category = SignalCategory.Provisioning,
        Techniques = [Techniques.CreateCloudInstance, Techniques.ComputeHijacking],
        Selectors = [Selector.Writes(EventSources.Ec2, "CreateLaunchTemplate", "CreateLaunchTemplateVersion")],
        Why = "A template carries the miner's start-up script and hardware into every Auto Scaling group and fleet made from it.",
        BenignCauses = ["EKS node groups and ECS capacity providers, whose templates carry a start-up script", "Infrastructure as code"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings)
    {
        var order = LaunchOrder.Of(record);
        var hasScript = order.Data["UserData"].IsPresent;
        // An approved family says nothing about the script.
        var cost = hasScript ? LaunchCost.OfUnapproved(order, settings) : LaunchCost.Of(order, settings);
        if (cost is null && !hasScript)
            return null;

        var what = (cost, hasScript) switch
        {
            (not null, true) => $"a launch template for {cost.Description}, with a start-up script",
            (not null, false) => $"a launch template for {cost.Description}",
            _ => "a launch template with a start-up script",
        };
        var attempt = Attempt.Third((cost?.Weight ?? 0) + (hasScript ? StartUpScriptWeight : 0)) with { DryRun = 0 };
        return attempt.Finding(record, "created", "create", what)
            ?.AllowedBy(cost?.Allowed)
            .With("launchTemplate", Name(record))
            .With("instanceType", order.Types.FirstOrDefault());
    }

    private static string? Name(CloudTrailRecord record)
    {
        var version = record.Request["CreateLaunchTemplateVersionRequest"];
        return record.Request["CreateLaunchTemplateRequest"]["LaunchTemplateName"].Text
            ?? version["LaunchTemplateName"].Text ?? version["LaunchTemplateId"].Text;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a template for instances with graphics cards", EventSources.Ec2, "CreateLaunchTemplate",
            """
            {"CreateLaunchTemplateRequest":{"LaunchTemplateName":"worker","LaunchTemplateData":{"ImageId":"ami-0a1b2c3d4e5f60718",
            "InstanceType":"g4dn.metal"}}}
            """),
        DetectionExample.Match("a template with a start-up script", EventSources.Ec2, "CreateLaunchTemplate",
            """
            {"CreateLaunchTemplateRequest":{"LaunchTemplateName":"worker","LaunchTemplateData":{"InstanceType":"t3.large",
            "UserData":"<sensitiveDataRemoved>"}}}
            """),
        DetectionExample.Match("a new version with a larger type", EventSources.Ec2, "CreateLaunchTemplateVersion",
            """{"CreateLaunchTemplateVersionRequest":{"LaunchTemplateId":"lt-0a1b2c3d4e5f60718","LaunchTemplateData":{"InstanceType":"c6a.48xlarge"}}}"""),
        DetectionExample.Ignore("a small template", EventSources.Ec2, "CreateLaunchTemplate",
            """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"web","LaunchTemplateData":{"InstanceType":"t3.micro"}}}"""),
        DetectionExample.Ignore("a version that changes the image only", EventSources.Ec2, "CreateLaunchTemplateVersion",
            """{"CreateLaunchTemplateVersionRequest":{"LaunchTemplateName":"web","LaunchTemplateData":{"ImageId":"ami-0a1b2c3d4e5f60718"}}}"""),
    ];
}
