using System.Collections.Immutable;

namespace ResponseKit.Correlation.Explaining;

/// <summary>
/// Why a verdict is as it is, in plain sentences for the person who has to act on it. The same content stands in reports as text and Markdown and, as
/// this record, in JSON. Every text is on one line and safe to show.
/// </summary>
/// <param name="Actor">The key of the actor whose case it is.</param>
/// <param name="Steps">What was done, in the order of first times.</param>
/// <param name="MoreSteps">How many further kinds of things are left out.</param>
/// <param name="Sum">How the evidence adds up, and to what.</param>
/// <param name="Unusual">What was unlike the actor's past, and what nobody does.</param>
/// <param name="NotCounted">What did not count, and which entry of the policy says so.</param>
/// <param name="WouldChange">What would have changed the verdict.</param>
public sealed record Explanation(
    string Actor, ImmutableArray<ExplainedStep> Steps, int MoreSteps, string Sum, ImmutableArray<string> Unusual, ImmutableArray<string> NotCounted,
    ImmutableArray<string> WouldChange)
{
    /// <summary>What the response does first; empty when nothing is to be done, or nothing is planned yet.</summary>
    public ImmutableArray<string> First { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The explanation as plain text, a sentence a line.</summary>
    public override string ToString() => ExplanationText.Of(this);
}
