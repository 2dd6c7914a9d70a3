using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SecurityToken.Model;
using Amazon.ServiceQuotas.Model;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>How far does the key reach? Identity, quotas, and launches tried out with DryRun.</summary>
internal sealed class Probe : IAttackStep
{
    // vCPUs of running On-Demand Standard instances.
    private const string RunningOnDemandStandard = "L-1216C47A";

    public async Task RunAsync(AttackContext context, CancellationToken cancellationToken)
    {
        await context.Stolen.Sts(context.Size.Regions[0]).GetCallerIdentityAsync(new GetCallerIdentityRequest(), cancellationToken);
        foreach (var region in context.Size.Regions)
        {
            await context.Stolen.Quotas(region).GetServiceQuotaAsync(
                new GetServiceQuotaRequest { ServiceCode = "ec2", QuotaCode = RunningOnDemandStandard }, cancellationToken);
            await TryOutLaunchAsync(context.Stolen.Aws.Ec2(region), cancellationToken);
        }

        context.Timeline.Attacker($"probed identity, vCPU quotas and RunInstances (DryRun) in {context.Size.Regions.Length} regions");
    }

    private static async Task TryOutLaunchAsync(IAmazonEC2 ec2, CancellationToken cancellationToken)
    {
        try
        {
            await ec2.RunInstancesAsync(
                new RunInstancesRequest { ImageId = "ami-0abcdef1234567890", InstanceType = "g4dn.12xlarge", MinCount = 1, MaxCount = 1, DryRun = true },
                cancellationToken);
        }
        catch (AmazonEC2Exception error) when (error.ErrorCode == "DryRunOperation")
        {
            // "Request would have succeeded": what they hoped to read.
        }
    }
}
