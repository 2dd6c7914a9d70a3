using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Deployment;

/// <summary>Where a part of a deployment is.</summary>
public enum OwnPlace
{
    /// <summary>In the hub's account and home region only.</summary>
    Hub,

    /// <summary>In every account that is watched.</summary>
    Everywhere,
}

/// <summary>
/// A kind of thing that a deployment consists of: how it is known to be ours, and what must not be done to it. Detection, change rules and the service
/// control policy against tampering are all made from these.
/// </summary>
/// <param name="Id">A word for it, such as <c>functions</c>.</param>
/// <param name="Noun">What it is in a sentence, such as "the function".</param>
/// <param name="Service">The IAM prefix of its service, such as <c>lambda</c>.</param>
/// <param name="EventSource">The service as CloudTrail spells it.</param>
public sealed record OwnPart(string Id, string Noun, string Service, string EventSource)
{
    /// <summary>Where it is.</summary>
    public OwnPlace Place { get; init; } = OwnPlace.Hub;

    /// <summary>Whether IAM and thus its ARNs know no region for it.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>The CloudFormation types of which it consists.</summary>
    public required ImmutableArray<string> Types { get; init; }

    /// <summary>The members of requests and answers that name it: by name, ARN, part of an ARN, or address.</summary>
    public required ImmutableArray<string> Fields { get; init; }

    /// <summary>What stands before the name in the resource part of its ARNs, such as <c>function:</c>; of several, each.</summary>
    public required ImmutableArray<string> Prefixes { get; init; }

    /// <summary>Its ARNs' resource parts, in which <c>*</c> stands for any text, for policies.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    /// <summary>Whether a name is one that the deployment gives, in full; the last tells whether it is in the hub.</summary>
    public Func<string, OwnDeployment, bool, bool> IsKnown { get; init; } = (_, _, _) => false;

    /// <summary>Whether a request gives something, whatever its name, what lets it act as one of ours.</summary>
    public Func<Field, bool> MakesOne { get; init; } = _ => false;

    /// <summary>Whether what is only named like one of these is none of them: another part has the name's beginning.</summary>
    public bool HasOnlyKnown { get; init; }

    /// <summary>Whether CloudFormation or AWS makes its names up, so that only the deployment itself can say which they are.</summary>
    public bool HasMadeUpNames { get; init; }

    /// <summary>Whether CloudTrail leaves out of refused calls what they were about.</summary>
    public bool HidesRefused { get; init; }

    /// <summary>A request that names one of them, as JSON without braces; for examples.</summary>
    public required string Example { get; init; }

    /// <summary>The calls that change it.</summary>
    public required ImmutableArray<OwnCall> Calls { get; init; }

    /// <summary>The IAM actions to deny, with <c>*</c> where every action so named changes something of it. They cover all of <see cref="Calls"/>.</summary>
    public required ImmutableArray<string> Denied { get; init; }
}
