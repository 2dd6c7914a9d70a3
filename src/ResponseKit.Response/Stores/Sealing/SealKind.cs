using System.Collections.Immutable;

namespace ResponseKit.Response.Stores.Sealing;

/// <summary>What sort of thing an item is. Each has a key of its own, so that an item of one kind never passes for one of another.</summary>
/// <param name="Name">Its name, which goes into the seal; never change it.</param>
public sealed record SealKind(string Name)
{
    /// <summary>A receipt, or the head of one in several parts.</summary>
    public static SealKind Receipt { get; } = new("receipt");

    /// <summary>An incident.</summary>
    public static SealKind Incident { get; } = new("incident") { IsMonotonic = true };

    /// <summary>A pass or look of a response.</summary>
    public static SealKind Ledger { get; } = new("ledger");

    /// <summary>A question to a person, with its answer.</summary>
    public static SealKind Approval { get; } = new("approval") { IsMonotonic = true, Hints = ["taskToken"] };

    /// <summary>That a proof of identity was used.</summary>
    public static SealKind Proof { get; } = new("proof");

    /// <summary>What a person has allowed to whom was braked.</summary>
    public static SealKind Allowance { get; } = new("allowance");

    /// <summary>The kill switch.</summary>
    public static SealKind Control { get; } = new("control");

    /// <summary>That evidence counts no more.</summary>
    public static SealKind Dismissal { get; } = new("dismissal");

    /// <summary>What is usual for an actor.</summary>
    public static SealKind Baseline { get; } = new("baseline") { IsMonotonic = true, IsFleeting = true };

    /// <summary>That people were told of something.</summary>
    public static SealKind Notice { get; } = new("notice");

    /// <summary>An observation.</summary>
    public static SealKind Observation { get; } = new("observation") { IsFleeting = true };

    /// <summary>Who acts for whom.</summary>
    public static SealKind Link { get; } = new("link") { IsFleeting = true };

    /// <summary>Attributes that the seal leaves out, such as counters that are added to: nothing may depend on them but effort.</summary>
    public ImmutableHashSet<string> Hints { get; init; } = [];

    /// <summary>Whether a copy that is put aside may go when the item itself would have: what is written in such numbers that copies for good would pile up.</summary>
    public bool IsFleeting { get; init; }

    /// <summary>Whether each write has a higher version than the one before, so that a lower one than was seen is an old state put back.</summary>
    public bool IsMonotonic { get; init; }
}
