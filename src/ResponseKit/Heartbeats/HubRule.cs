using System.Collections.Immutable;

namespace ResponseKit.Heartbeats;

/// <summary>A rule of the hub itself, as it was deployed: what records, changes and alarms pass on their way to triage and to people.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOnOwnBus">Whether it is on the hub's bus; else it is on the default one.</param>
/// <param name="State">Its state.</param>
/// <param name="Pattern">Its pattern, in which <c>{partition}</c>, <c>{account}</c>, <c>{region}</c> and <c>{key}</c>, the ARN of the hub's key, stand.</param>
/// <param name="Targets">Where it leads, in whatever order: <see cref="Triage"/>, <see cref="People"/> and <see cref="PeopleToo"/>.</param>
public sealed record HubRule(string Name, bool IsOnOwnBus, string State, string Pattern, ImmutableArray<string> Targets)
{
    /// <summary>The function <c>triage</c>.</summary>
    public const string Triage = "triage";

    /// <summary>The first topic.</summary>
    public const string People = "people";

    /// <summary>The topic of alarms.</summary>
    public const string PeopleToo = "people-too";
}
