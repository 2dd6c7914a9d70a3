using System.Collections.Immutable;
using ResponseKit.Emulator.Deployed;

namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>Something of a deployment that the emulated AWS does not have, or does otherwise than AWS: a drill shows nothing of it.</summary>
/// <param name="What">What: a resource type with how many there are, or a matter.</param>
/// <param name="Limit">How the emulated AWS differs.</param>
internal sealed record NotEmulated(string What, string Limit)
{
    /// <summary>What is so in every drill.</summary>
    public static readonly ImmutableArray<NotEmulated> Standing =
    [
        new("CloudWatch alarms", "are there and never go off, since nothing is measured"),
        new("Functions", "run as processes of this machine, at most four of each at the same time, with its processors and not with the memory that is set"),
        new("Logs", "of functions and of the state machine are not in CloudWatch Logs, so nothing is counted in them"),
        new("Encryption", "does not happen, and key policies are not asked"),
        new("dynamodb:LeadingKeys", "holds for every item: that an action keeps to its own items is not shown"),
        new("Pauses", "of the state machine take a fifth of their time, and between attempts at a failed event fractions of a second instead of minutes"),
        new("Mail", "of the topic is not sent"),
    ];

    /// <summary>What is not there, and what is so in every drill.</summary>
    /// <param name="leftOut">What the emulated CloudFormation could not make.</param>
    public static ImmutableArray<NotEmulated> With(ImmutableArray<LeftOutResource> leftOut) =>
    [
        .. leftOut.GroupBy(resource => resource.Type, StringComparer.Ordinal).OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => new NotEmulated($"{type.Count()} {type.Key}", "not made: the emulated CloudFormation cannot make it")),
        .. Standing,
    ];
}
