using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>All that there is to know of an action besides its code. Roles, functions, test events, runbooks and docs are held to it.</summary>
public sealed record ActionDescriptor
{
    /// <summary>Stable id, <c>service.verb-what</c>, such as <c>iam.contain-user</c>. The class and the runbook are named after it.</summary>
    public required string Id { get; init; }

    /// <summary>One line, verb first: "Contain an IAM user".</summary>
    public required string Title { get; init; }

    /// <summary>What it does, in two or three sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>The kind of resource it acts on.</summary>
    public required ResourceKind Target { get; init; }

    /// <summary>How many targets one request may name; above one they must be of one account and region.</summary>
    public int MaxTargets { get; init; } = 1;

    /// <summary>When a response runs it.</summary>
    public required ResponseStage Stage { get; init; }

    /// <summary>For what a response plans it by itself.</summary>
    public required ImmutableArray<ActionTrigger> Triggers { get; init; }

    /// <summary>What stops working, and for whom: read by a person before saying yes.</summary>
    public required string BlastRadius { get; init; }

    /// <summary>Whether it can be undone.</summary>
    public required Reversibility Reversibility { get; init; }

    /// <summary>Whether it takes something away for good, so that guards on destruction hold it back.</summary>
    public bool IsDestructive => Reversibility is Reversibility.Irreversible;

    /// <summary>Whether evidence is lost or let go of by it: what is kept as evidence is then left alone.</summary>
    public bool EndsTarget { get => field || IsDestructive; init; }

    /// <summary>
    /// Whether the action itself proves of each target that the actor made it, and holds what it cannot prove, so that no cap is needed for what
    /// was there before.
    /// </summary>
    public bool ProvesEachTarget { get; init; }

    /// <summary>The IAM permissions of each phase.</summary>
    public required ActionPermissions Permissions { get; init; }

    /// <summary>The further request fields it understands.</summary>
    public ImmutableArray<ActionOption> Options { get; init; } = [];
}
