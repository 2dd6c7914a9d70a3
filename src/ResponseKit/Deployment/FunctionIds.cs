using System.Collections.Immutable;

namespace ResponseKit.Deployment;

/// <summary>What a deployment's functions are told they are, besides the actions, which are called by their ids.</summary>
public static class FunctionIds
{
    /// <summary>The function that triages events.</summary>
    public const string Triage = "triage";

    /// <summary>The step of a response that plans.</summary>
    public const string Plan = "plan";

    /// <summary>The step of a response that asks a person, and takes the answer.</summary>
    public const string Approval = "approval";

    /// <summary>The step of a response that looks whether everything holds.</summary>
    public const string Look = "look";

    /// <summary>The step of a response that ends it.</summary>
    public const string Report = "report";

    /// <summary>The function that asks accounts and regions for heartbeats, and tells who is silent.</summary>
    public const string Sweep = "sweep";

    /// <summary>The function that gives back what a response took, or calls an incident a false alarm.</summary>
    public const string Undo = "undo";

    /// <summary>All of these.</summary>
    public static ImmutableArray<string> All { get; } = [Triage, Plan, Approval, Look, Report, Sweep, Undo];
}
