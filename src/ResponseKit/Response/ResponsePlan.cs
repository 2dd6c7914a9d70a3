using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>What is to be done about an incident.</summary>
/// <param name="Incident">The incident's id.</param>
/// <param name="Actions">The actions, in the order of their stages; those of one stage may run at the same time.</param>
/// <param name="Pages">What a person must be told, because no action can or may see to it.</param>
public sealed record ResponsePlan(string Incident, ImmutableArray<PlannedAction> Actions, ImmutableArray<Page> Pages)
{
    /// <summary>The events of the case that it was made by and that took effect: see <see cref="AnsweredEvents"/>.</summary>
    public ImmutableArray<string> Events { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>One action of a plan.</summary>
/// <param name="Stage">When it runs.</param>
/// <param name="ActionId">The action.</param>
/// <param name="Request">What it is asked to do: to apply only when nothing is against it, else to plan.</param>
/// <param name="Guard">Whether something is against it.</param>
public sealed record PlannedAction(ResponseStage Stage, string ActionId, ActionRequest Request, GuardVerdict Guard);

/// <summary>Something that a person must be told.</summary>
/// <param name="Subject">Whom or what it is about: an actor's key or an ARN.</param>
/// <param name="Reason">Why ResponseKit does not act by itself.</param>
/// <param name="Lever">What the person can do.</param>
public sealed record Page(string Subject, string Reason, string Lever)
{
    /// <summary>What the person types for it, in this order, in a POSIX shell such as CloudShell's.</summary>
    public ImmutableArray<string> Commands { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The IAM permissions that the commands need.</summary>
    public ImmutableArray<string> Needs { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>All but the commands, on one line.</summary>
    public string Sentence => $"{Subject}: {Reason} {Lever}{(Needs.IsEmpty ? "" : $"{(Lever.Length > 0 ? " " : "")}Needs {string.Join(", ", Needs)}.")}";

    /// <summary>All of it: a sentence or two, then one command a line.</summary>
    public string ToText() => $"{Subject}: {Reason} {ToLever()}";

    /// <summary>What the person can do, with the commands.</summary>
    public string ToLever() => Commands.IsEmpty
        ? Lever
        : $"{Lever}{(Lever.Length > 0 ? " " : "")}Needs {string.Join(", ", Needs)}.{string.Concat(Commands.Select(command => $"\n    {command}"))}";

    /// <summary>Whether both say the same.</summary>
    public bool Equals(Page? other) => other is not null && ToText() == other.ToText();

    /// <inheritdoc/>
    public override int GetHashCode() => ToText().GetHashCode(StringComparison.Ordinal);
}
