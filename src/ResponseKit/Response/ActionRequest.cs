using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>A valid request to an action: the one payload of machine and human, checked.</summary>
public sealed record ActionRequest
{
    /// <summary>What to do.</summary>
    public required ActionMode Mode { get; init; }

    /// <summary>The account to act in, twelve digits.</summary>
    public required string Account { get; init; }

    /// <summary>The region to act in; for global services any region of the partition.</summary>
    public required string Region { get; init; }

    /// <summary>What to act on, of one kind.</summary>
    public required ImmutableArray<ResourceRef> Targets { get; init; }

    /// <summary>Why; goes into the receipt.</summary>
    public required string Reason { get; init; }

    /// <summary>The incident, where there is one.</summary>
    public string? Incident { get; init; }

    /// <summary>The receipt to revert, where it is named.</summary>
    public string? Receipt { get; init; }

    /// <summary>Fields that the action declares, by name.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
