using System.Collections.Immutable;

namespace ResponseKit.Reports;

/// <summary>
/// All that a person is shown of an incident. The same content becomes HTML, Markdown and JSON. Every text is on one line and safe to show; times are in UTC.
/// </summary>
public sealed record IncidentReport
{
    /// <summary>The incident's id.</summary>
    public required string Incident { get; init; }

    /// <summary>How often it was opened.</summary>
    public required int Round { get; init; }

    /// <summary>Whose case it is.</summary>
    public required string Actor { get; init; }

    /// <summary>When the report was written.</summary>
    public required string Written { get; init; }

    /// <summary>How the response stands, in a few words.</summary>
    public required string State { get; init; }

    /// <summary>Whether a person has something left to do.</summary>
    public required bool NeedsSomebody { get; init; }

    /// <summary>What a manager asks, answered: a label and a sentence or two each.</summary>
    public required ImmutableArray<Answer> Summary { get; init; }

    /// <summary>What ResponseKit could not or may not see to by itself.</summary>
    public required ImmutableArray<LeftOver> Left { get; init; }

    /// <summary>What persons were asked, and how that stands.</summary>
    public required ImmutableArray<string> Asked { get; init; }

    /// <summary>The picture of what was done when, by the actor and by the response.</summary>
    public required TimeLine TimeLine { get; init; }

    /// <summary>The picture of who opened and made what.</summary>
    public required LineageGraph Lineage { get; init; }

    /// <summary>Why it was acted upon: how the evidence adds up, a sentence each.</summary>
    public required ImmutableArray<string> Explanation { get; init; }

    /// <summary>What was made, opened, entered or changed, by kind and region, and what became of it.</summary>
    public required ImmutableArray<ResourceGroup> Resources { get; init; }

    /// <summary>What to look for elsewhere.</summary>
    public required ImmutableArray<Indicator> Indicators { get; init; }

    /// <summary>The ATT&amp;CK techniques.</summary>
    public required ImmutableArray<TechniqueUse> Techniques { get; init; }

    /// <summary>Every call of the actor's that is known, in order.</summary>
    public required ImmutableArray<Act> Acts { get; init; }

    /// <summary>Every action of the response, in order.</summary>
    public required ImmutableArray<ActionDone> Actions { get; init; }
}

/// <summary>An answer to what somebody asks first.</summary>
/// <param name="Question">In a word or two.</param>
/// <param name="Text">The answer.</param>
public sealed record Answer(string Question, string Text);

/// <summary>Something that is left to a person.</summary>
/// <param name="Text">What, why, and what to do.</param>
/// <param name="Commands">What the person types for it.</param>
public sealed record LeftOver(string Text, ImmutableArray<string> Commands);

/// <summary>One call of the actor's.</summary>
/// <param name="Time">When.</param>
/// <param name="Text">What it was, verb first.</param>
/// <param name="Category">What sort of thing it was as evidence; empty where it was none.</param>
/// <param name="Outcome">How the call ended.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="Region">Where.</param>
/// <param name="Address">From where; empty where that was not recorded.</param>
/// <param name="Program">With which program; empty where that was not recorded.</param>
/// <param name="Key">The access key that signed it; empty where that was not recorded.</param>
/// <param name="Techniques">The ids of ATT&amp;CK techniques.</param>
/// <param name="EventId">CloudTrail's id of the record.</param>
public sealed record Act(
    string Time, string Text, string Category, string Outcome, string Actor, string Region, string Address, string Program, string Key, ImmutableArray<string> Techniques,
    string EventId);

/// <summary>One action of the response.</summary>
/// <param name="Time">When it began.</param>
/// <param name="Action">The action's id.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Message">What happened, for a person.</param>
/// <param name="Receipt">The receipt's id.</param>
/// <param name="Targets">On what.</param>
/// <param name="Steps">What it did, step by step.</param>
public sealed record ActionDone(
    string Time, string Action, string Status, string Message, string Receipt, ImmutableArray<string> Targets, ImmutableArray<StepDone> Steps);

/// <summary>One step of an action.</summary>
/// <param name="Text">What it does, verb first.</param>
/// <param name="Call">The API call.</param>
/// <param name="Outcome">How it ended, with AWS's request id.</param>
/// <param name="Before">The state before, as JSON; empty where there is none.</param>
/// <param name="After">The state after, as far as the call alone does not say it; empty where it does.</param>
public sealed record StepDone(string Text, string Call, string Outcome, string Before, string After);

/// <summary>Resources of a kind in a region to which the same happened.</summary>
/// <param name="What">Such as "ECS clusters made in us-east-1".</param>
/// <param name="Count">How many.</param>
/// <param name="Names">Their names, the first few.</param>
/// <param name="Became">What became of them.</param>
public sealed record ResourceGroup(string What, int Count, ImmutableArray<string> Names, string Became);

/// <summary>Something by which the same actor may be found elsewhere.</summary>
/// <param name="Kind">Such as "address".</param>
/// <param name="Value">The value.</param>
/// <param name="First">When it was first seen.</param>
/// <param name="Last">When it was last seen.</param>
/// <param name="Calls">In how many calls.</param>
public sealed record Indicator(string Kind, string Value, string First, string Last, int Calls);

/// <summary>An ATT&amp;CK technique that was seen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of ATT&amp;CK that has it so.</param>
/// <param name="Calls">In how many calls.</param>
public sealed record TechniqueUse(string Id, string Name, string Version, int Calls);
