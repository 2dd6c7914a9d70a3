using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Ec2;

/// <summary>
/// One of the two attributes of an instance that make TerminateInstances fail: stop protection guards against termination too.
/// Source: EC2 User Guide, "Enable stop protection for your EC2 instances".
/// </summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Attribute">disableApiTermination or disableApiStop.</param>
/// <param name="IsSet">Whether it is on.</param>
internal sealed record InstanceProtection(string InstanceId, InstanceAttributeName Attribute, bool IsSet)
{
    // Calls at once, well below the bursts of 100 reads and 50 writes (EC2 Developer Guide, "Request throttling for the Amazon EC2 API").
    private const int ReadsAtOnce = 8;
    private const int WritesAtOnce = 4;

    /// <summary>Both attributes.</summary>
    public static readonly IReadOnlyList<InstanceAttributeName> Attributes =
        [InstanceAttributeName.DisableApiTermination, InstanceAttributeName.DisableApiStop];

    /// <summary>The step that clears it.</summary>
    public Step Release() => Step(Attribute, InstanceId) with { Before = IsSet ? new JsonObject { [Attribute.Value] = true } : null };

    /// <summary>The step for one attribute of one instance.</summary>
    public static Step Step(InstanceAttributeName attribute, string instanceId) => new(
        $"{attribute.Value}/{instanceId}", "ec2:ModifyInstanceAttribute", instanceId, $"Clear {attribute.Value} of instance {instanceId}")
    {
        MeansInPlace = ["InvalidInstanceID.NotFound"],
    };

    /// <summary>
    /// Reads both attributes of instances. An instance that has gone meanwhile is not protected; what could not be read is recorded and left out.
    /// </summary>
    public static async Task<IReadOnlyList<InstanceProtection>> ReadAsync(
        ActionRun run, IEnumerable<string> instanceIds, CancellationToken cancellationToken)
    {
        var asked = instanceIds.SelectMany(id => Attributes.Select(attribute => (Id: id, Attribute: attribute))).ToList();
        var answers = new InstanceProtection?[asked.Count];
        await ActionRun.ForEachAsync(
            Enumerable.Range(0, asked.Count),
            ReadsAtOnce,
            async (at, token) =>
            {
                var (id, attribute) = asked[at];
                if (await DescribeAsync(run, id, attribute, token) is { } answer)
                    answers[at] = new(id, attribute, IsOn(answer.InstanceAttribute, attribute));
            },
            cancellationToken);
        return [.. answers.OfType<InstanceProtection>()];
    }

    /// <summary>Clears those that are set, each by a call of its own: ModifyInstanceAttribute takes one attribute at a time.</summary>
    /// <returns>How many instances are free of what held them.</returns>
    public static async Task<int> ReleaseAsync(ActionRun run, IEnumerable<InstanceProtection> protections, CancellationToken cancellationToken)
    {
        var set = protections.Where(protection => protection.IsSet).ToList();
        await run.AnnounceAsync(set.Select(protection => protection.Release()), cancellationToken);
        var released = 0;
        await ActionRun.ForEachAsync(
            set,
            WritesAtOnce,
            async (protection, token) =>
            {
                var result = await run.StepAsync(
                    protection.Release(),
                    inner => run.Aws.Ec2(run.Region).ModifyInstanceAttributeAsync(Request(protection.InstanceId, protection.Attribute, false), inner),
                    token);
                if (result.IsInPlace)
                    Interlocked.Increment(ref released);
            },
            cancellationToken);
        return released;
    }

    /// <summary>The request that sets or clears one attribute.</summary>
    public static ModifyInstanceAttributeRequest Request(string instanceId, InstanceAttributeName attribute, bool value) =>
        attribute == InstanceAttributeName.DisableApiStop
            ? new() { InstanceId = instanceId, DisableApiStop = value }
            : new() { InstanceId = instanceId, DisableApiTermination = value };

    private static Task<DescribeInstanceAttributeResponse?> DescribeAsync(
        ActionRun run, string instanceId, InstanceAttributeName attribute, CancellationToken cancellationToken)
    {
        var request = new DescribeInstanceAttributeRequest { InstanceId = instanceId, Attribute = attribute };
        return run.ReadAsync(
            "ec2:DescribeInstanceAttribute", $"{attribute.Value} of {instanceId}", new(),
            token => run.Aws.Ec2(run.Region).DescribeInstanceAttributeAsync(request, token), cancellationToken);
    }

    private static bool IsOn(InstanceAttribute? attributes, InstanceAttributeName attribute) =>
        (attribute == InstanceAttributeName.DisableApiStop ? attributes?.DisableApiStop : attributes?.DisableApiTermination) == true;
}
