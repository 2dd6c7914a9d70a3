using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Infra.Hub;

/// <summary>What a function needs, from which its role, variables and limits are made.</summary>
/// <param name="Id">What it is told that it is.</param>
/// <param name="Title">For people.</param>
internal sealed record FunctionPlan(string Id, string Title)
{
    /// <summary>The action that it carries out; null when it carries out none.</summary>
    public ActionDescriptor? Action { get; init; }

    /// <summary>
    /// Memory in MB. CPU comes with it: 1,769 MB are one vCPU (Lambda Developer Guide, "Configure Lambda function memory"), with which a cold start takes
    /// a third of a second. Whoever acts must not wait for it.
    /// </summary>
    public int Memory { get; init; } = 1024;

    /// <summary>How long an invocation may take, in seconds. 900 is the most.</summary>
    public int Timeout { get; init; } = 120;

    /// <summary>How many run at the same time, and have that share to themselves where concurrency is reserved.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Whether it assumes the responder role.</summary>
    public bool EntersAccounts { get; init; }

    /// <summary>Whether it starts executions of the state machine.</summary>
    public bool StartsResponses { get; init; }

    /// <summary>Whether it wakes executions that wait for a person.</summary>
    public bool WakesResponses { get; init; }

    /// <summary>Whether it writes into the evidence bucket.</summary>
    public bool KeepsEvidence { get; init; }

    /// <summary>Whether a schedule invokes it, and it asks all accounts and regions.</summary>
    public bool Sweeps { get; init; }

    /// <summary>Whether the state machine invokes it.</summary>
    public bool IsStep => !StartsResponses && !Sweeps && !IsForPeople;

    /// <summary>Whether only people invoke it.</summary>
    public bool IsForPeople { get; init; }

    /// <summary>
    /// Every function. Concurrency: an event takes triage about a tenth of a second, so 20 keep up with 200 a second. The state machine runs eight actions
    /// at the same time (<see cref="RunnerSettings.AtOnce"/>), so 8 of each let one incident go at full speed; identities come first, so 16 of those. What takes back single settings of others has 4.
    /// </summary>
    public static ImmutableArray<FunctionPlan> All(IEnumerable<ActionDescriptor> actions) =>
    [
        new(FunctionIds.Triage, "Triages the events that the rules deliver.") { Timeout = 60, Concurrency = 20, StartsResponses = true },
        new(FunctionIds.Plan, "Plans each pass of a response.") { Concurrency = 4 },
        new(FunctionIds.Approval, "Asks a person what a response may do, and takes the answer.") { Concurrency = 2, WakesResponses = true },
        new(FunctionIds.Look, "Looks whether everything holds that a response did.") { Timeout = 900, Concurrency = 4, EntersAccounts = true },
        new(FunctionIds.Report, "Ends a response, releases what is braked, and tells how it went.") { Timeout = 900, Concurrency = 4, KeepsEvidence = true, EntersAccounts = true },
        new(FunctionIds.Sweep, "Asks accounts and regions for heartbeats, and tells who is silent.")
        {
            Timeout = 600,
            Concurrency = 1,
            Sweeps = true,
            EntersAccounts = true,
        },
        new(FunctionIds.Undo, "Gives back what a response took, or calls an incident a false alarm.") { Timeout = 900, Concurrency = 2, EntersAccounts = true, IsForPeople = true },
        .. actions.Select(action => new FunctionPlan(action.Id, action.Title)
        {
            Action = action,
            Memory = 1769,
            Timeout = 900,
            Concurrency = ConcurrencyOf(action),
            EntersAccounts = true,
        }),
    ];

    private static int ConcurrencyOf(ActionDescriptor action) =>
        action.Stage != ResponseStage.ContainIdentity ? 8 : action.Target == ResourceKind.IamUser || action.Target == ResourceKind.IamRole ? 16 : 4;
}
