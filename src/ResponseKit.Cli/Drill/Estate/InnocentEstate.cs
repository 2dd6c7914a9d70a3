using Amazon.AutoScaling.Model;
using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;

namespace ResponseKit.Cli.Drill.Estate;

/// <summary>What runs in the account before the attack and must run on after the response, exactly as it was.</summary>
internal sealed class InnocentEstate(DrillAccount account, string region)
{
    public const string Alice = "alice";
    public const string Monitoring = "monitoring";
    public const string WebGroup = "web";

    private readonly List<string> instances = [];

    public IReadOnlyList<string> Instances => instances;

    /// <summary>The instance that responders keep for forensics.</summary>
    public string HeldInstance => instances[0];

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await SeedUsersAsync(cancellationToken);
        await SeedInstancesAsync(cancellationToken);
        await SeedGroupAsync(cancellationToken);
        await new InnocentWorkloads(account, region).SeedAsync(cancellationToken);
    }

    private async Task SeedUsersAsync(CancellationToken cancellationToken)
    {
        var iam = account.Administrator.Aws.Iam(region);
        foreach (var (name, policy) in new[] { (Alice, "AdministratorAccess"), (Monitoring, "ReadOnlyAccess") })
        {
            await iam.CreateUserAsync(new CreateUserRequest { UserName = name, Path = "/people/" }, cancellationToken);
            await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = name, PolicyArn = "arn:aws:iam::aws:policy/" + policy }, cancellationToken);
            await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name }, cancellationToken);
        }

        await iam.CreateLoginProfileAsync(new CreateLoginProfileRequest { UserName = Alice, Password = "Innocent-and-long-1" }, cancellationToken);
    }

    private async Task SeedInstancesAsync(CancellationToken cancellationToken)
    {
        var launched = await account.Administrator.Aws.Ec2(region).RunInstancesAsync(
            new RunInstancesRequest { ImageId = "ami-0fedcba9876543210", InstanceType = "t3.medium", MinCount = 3, MaxCount = 3 }, cancellationToken);
        instances.AddRange(launched.Reservation.Instances.Select(instance => instance.InstanceId));
    }

    private async Task SeedGroupAsync(CancellationToken cancellationToken)
    {
        await account.Administrator.Aws.Ec2(region).CreateLaunchTemplateAsync(
            new CreateLaunchTemplateRequest
            {
                LaunchTemplateName = WebGroup,
                LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-0fedcba9876543210", InstanceType = "t3.medium", DisableApiTermination = true },
            },
            cancellationToken);
        await account.Administrator.Aws.AutoScaling(region).CreateAutoScalingGroupAsync(
            new CreateAutoScalingGroupRequest
            {
                AutoScalingGroupName = WebGroup,
                LaunchTemplate = new Amazon.AutoScaling.Model.LaunchTemplateSpecification { LaunchTemplateName = WebGroup },
                MinSize = 2,
                MaxSize = 6,
                AvailabilityZones = [region + "a", region + "b"],
            },
            cancellationToken);
    }
}
