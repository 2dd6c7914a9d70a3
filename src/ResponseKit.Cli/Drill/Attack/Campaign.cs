namespace ResponseKit.Cli.Drill.Attack;

/// <summary>The whole attack, in the order in which the campaign of November 2025 went about it.</summary>
internal static class Campaign
{
    private static readonly IAttackStep[] Steps = [new Probe(), new BackDoors(), new LambdaBackDoor(), new EcsMining(), new Ec2Mining()];

    public static async Task RunAsync(AttackContext context, CancellationToken cancellationToken)
    {
        foreach (var step in Steps)
            await step.RunAsync(context, cancellationToken);
    }
}
