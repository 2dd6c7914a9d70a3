using System.Collections.Immutable;
using ResponseKit.Resources;

namespace ResponseKit.Deployment;

/// <summary>Every name that a deployment gives. Templates are held to these by a test.</summary>
public static class OwnNames
{
    private const string Ours = DeployedNames.Prefix + "-";
    private const string OfStackSets = "StackSet-" + Ours;

    /// <summary>The role by which accounts are entered.</summary>
    public const string ResponderRole = DeployedNames.Prefix + "Responder";

    /// <summary>The role of the state machine.</summary>
    public const string StateMachineRole = Ours + "state-machine";

    /// <summary>How the managed policies of the responder role begin; a number follows.</summary>
    public const string ActionsPolicy = Ours + "actions-";

    /// <summary>The StackSets.</summary>
    public static ImmutableArray<string> StackSets { get; } = [Ours + "roles", Ours + "rules"];

    /// <summary>How the alarm of a function ends, behind the function's name.</summary>
    public const string Failing = "-failing";

    /// <summary>The alarms of each region of each account, without what all begin with.</summary>
    public static ImmutableArray<string> AlarmsOfMembers { get; } = ["unforwarded-events", "ec2-vcpus", "fargate-vcpus"];

    /// <summary>The alarms of the hub, besides one for each function, without what all begin with.</summary>
    public static ImmutableArray<string> AlarmsOfHub { get; } =
    [
        "undelivered-events", "failed-invocations", "not-responding", "response-failed", "kill-switch", "quiet", "bill", "notices-failed", "silent", "sweep-missing",
        "state-unverified", "seal-key", "flood", "rejected", "action-failed",
    ];

    private static readonly ImmutableArray<string> RulesOfHub = [Ours + "triage", Ours + "sweep", Ours + "key-state"];

    private static readonly ImmutableArray<string> RulesOfMembers = [Ours + "alarms", DeployedNames.HeartbeatRule];

    /// <summary>
    /// Whether a name is one as ResponseKit gives them: the word alone or with a hyphen behind it, also as StackSets' own stacks begin. That a name holds
    /// the word says nothing.
    /// </summary>
    public static bool IsLikeOurs(string name) =>
        name.Equals(DeployedNames.Prefix, StringComparison.OrdinalIgnoreCase) || name.Equals(ResponderRole, StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase) || name.StartsWith(OfStackSets, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a rule, on whichever bus, has this name, those that deliver calls aside: what is listened to decides on their names.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isInHub">Whether it is in the hub's account and region.</param>
    public static bool IsRule(string name, bool isInHub) => (isInHub && RulesOfHub.Contains(name)) || RulesOfMembers.Contains(name) || IsChangeRule(name);

    /// <summary>Whether an alarm has this name, one for a function aside.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isInHub">Whether it is in the hub's account and region.</param>
    public static bool IsAlarm(string name, bool isInHub) => name.StartsWith(Ours, StringComparison.Ordinal)
        && (AlarmsOfMembers.Contains(name[Ours.Length..]) || (isInHub && AlarmsOfHub.Contains(name[Ours.Length..])));

    /// <summary>Whether a stack has this name: one of the app's, of the app's in a further region, or one of StackSets'.</summary>
    public static bool IsStack(string name)
    {
        if (name.StartsWith(OfStackSets, StringComparison.Ordinal))
            return StackSets.Any(set => name.StartsWith($"StackSet-{set}-", StringComparison.Ordinal));
        if (name is DeployedNames.Prefix or Ours + "Hub" or Ours + "Organization" or Ours + "Management" or Ours + "Management-Guardrails")
            return true;
        foreach (var home in new[] { Ours, Ours + "Management-" })
        {
            if (name.StartsWith(home, StringComparison.Ordinal) && RegionName.IsValid(name[home.Length..]))
                return true;
        }

        return false;
    }

    /// <summary>Whether a role that is in every account has this name. IAM tells names apart without case.</summary>
    public static bool IsRoleOfMembers(string name) =>
        name.Equals(ResponderRole, StringComparison.OrdinalIgnoreCase) || name.Equals(DeployedNames.ForwarderRole, StringComparison.OrdinalIgnoreCase);

    // ResponseKit-changes-SERVICE, and -2, -3 … where one pattern has no room for all deployers.
    private static bool IsChangeRule(string name)
    {
        const string changes = Ours + "changes-";
        if (!name.StartsWith(changes, StringComparison.Ordinal))
            return false;
        var parts = name[changes.Length..].Split('-');
        return OwnParts.All.Any(part => part.Service == parts[0])
            && (parts.Length == 1 || (parts.Length == 2 && parts[1].Length is > 0 and < 4 && parts[1].All(char.IsAsciiDigit)));
    }
}
