using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>
/// A row of the table "detected, then ended or told": what calls make or change, and what ends that. Actions end it by themselves; commands are told to a
/// person, with the permissions that they need; and where nothing is left to end, the row says why.
/// </summary>
/// <param name="Source">The called service.</param>
/// <param name="Calls">The operations.</param>
/// <param name="Sort">What they do.</param>
/// <param name="What">What it is, in words: "EKS node group".</param>
public sealed record ChangeRule(string Source, ImmutableArray<string> Calls, ChangeSort Sort, string What)
{
    /// <summary>A name for the aspect where one call can do several things; empty where it does one.</summary>
    public string Aspect { get; init; } = "";

    /// <summary>How one is named in a sentence, made of <see cref="Values"/>: "{cluster}/{group}".</summary>
    public string Label { get; init; } = "";

    /// <summary>What the label and the commands are made of. One at most stands in a list, and makes a change of each item.</summary>
    public ImmutableArray<ChangeValue> Values { get; init; } = [];

    /// <summary>Which successful calls it is about; all of them where it is null. Must not throw whatever the record holds.</summary>
    public Func<CloudTrailRecord, bool>? When { get; init; }

    /// <summary>The kind of resource that it is or belongs to, and the value that names that: what the actor made and an action ends needs no command.</summary>
    public (ResourceKind Kind, string Name)? About { get; init; }

    /// <summary>The ids of the actions that a response plans for it by itself.</summary>
    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>
    /// What a person types, in this order, with <c>{name}</c> for a value. A name that ends with <c>-before</c> or <c>-new</c> stands for what only a person can
    /// find out. The region is added.
    /// </summary>
    public ImmutableArray<string> Commands { get; init; } = [];

    /// <summary>The IAM permissions that the commands need.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>What a person has to know, in a sentence or two; where there is neither action nor command, why.</summary>
    public string Note { get; init; } = "";

    /// <summary>Members of a request and of an answer as CloudTrail writes them, which the tests read.</summary>
    public (string Request, string Response) Example { get; init; } = ("{}", "{}");

    /// <summary>The row's name in stored cases: <c>eks:CreateNodegroup</c>.</summary>
    public string Id => $"{Source.Split('.')[0]}:{Calls[0]}{(Aspect.Length > 0 ? "#" : "")}{Aspect}";
}
