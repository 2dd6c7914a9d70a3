using System.Collections.Immutable;
using ResponseKit.Deployment;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Policy;

/// <summary>Whom and what ResponseKit leaves alone. Only the policy file says this: tags and names can be had by an attacker.</summary>
public sealed record GuardSettings
{
    /// <summary>
    /// Patterns of users and roles that are never contained, only reported: break-glass users, the only administrator, the pipeline that
    /// everything hangs on. Who may be meant is protected; see <see cref="ArnPattern.MayMean"/>.
    /// </summary>
    public ImmutableArray<ArnPattern> ProtectedPrincipals { get; init; } = [];

    /// <summary>
    /// Patterns of roles that incident responders work under. What sessions of them do is no attack: a forensic hold looks just like one. Only who is surely
    /// meant is exempt; see <see cref="ArnPattern.Means"/>.
    /// </summary>
    public ImmutableArray<ArnPattern> Responders { get; init; } = [];

    /// <summary>
    /// Patterns of the roles that deploy ResponseKit. What they change of ResponseKit itself is not counted against them; everything else that they do is.
    /// Only who is surely meant is one; see <see cref="ArnPattern.Means"/>.
    /// </summary>
    public ImmutableArray<ArnPattern> Deployers { get; init; } = [];

    /// <summary>
    /// ResponseKit's own roles, which it neither judges nor contains, each with its path and name. In the file each is of one account; a deployment adds the
    /// role by which it enters accounts.
    /// </summary>
    public ImmutableArray<ArnPattern> ResponsekitRoles { get; init; } = [];

    /// <summary>Accounts in which nothing is done without a person's request.</summary>
    public ImmutableArray<string> ExemptAccounts { get; init; } = [];

    /// <summary>
    /// What is kept as evidence: ids of instances, which are neither ended nor released nor taken along with a group; and accounts, in which nothing is
    /// destroyed, whoever asks.
    /// </summary>
    public ImmutableArray<string> ForensicHolds { get; init; } = [];

    /// <summary>
    /// The key of a tag by which responders hold an instance; null for none. The tag alone holds nothing, since an attacker can set it: CloudTrail's event history
    /// has to show that a role in <see cref="Responders"/> set it.
    /// </summary>
    public string? ForensicHoldTag { get; init; }

    /// <summary>How many instances one incident may end before a person is asked. Members of groups and fleets and tasks of clusters count as instances.</summary>
    public int MaxInstancesPerIncident { get; init; } = 1000;

    /// <summary>How many other resources of one kind one incident may destroy, a cluster counting with its services, before a person is asked.</summary>
    public int MaxResourcesPerIncident { get; init; } = 500;

    /// <summary>
    /// How many things that were there before the incident, and that the actor only changed or entered, one incident may restrain by itself (functions
    /// stopped, sessions of roles cut) before a person is asked. With one harmless call each, an actor could otherwise stop a whole account.
    /// </summary>
    public int MaxAlteredPerIncident { get; init; } = 5;

    /// <summary>Ids of actions that always wait for a person.</summary>
    public ImmutableArray<string> ApprovalFor { get; init; } = [];

    /// <summary>
    /// Users and roles that may approve what a response asks, each of one account and with its name spelt out. Nobody else's proven approval counts.
    /// </summary>
    public ImmutableArray<ArnPattern> Approvers { get; init; } = [];

    /// <summary>
    /// Whether an approval counts of which nothing proves whose it is: from the Lambda console, from a chat. Then whoever may invoke the function may approve.
    /// </summary>
    public bool UnprovenApprovals { get; init; }

    /// <summary>The account of ResponseKit's functions; null where it is not known.</summary>
    internal string? OwnAccount { get; private init; }

    /// <summary>The exact names of ResponseKit's own functions and roles.</summary>
    internal ImmutableHashSet<string> OwnNames { get; private init; } = [];

    /// <summary>The same with the names of what is deployed: a deployment says them, no policy file.</summary>
    /// <param name="account">The account of the functions; null where it is not known.</param>
    /// <param name="names">The exact names of functions and roles.</param>
    public GuardSettings WithOwnParts(string? account, IEnumerable<string> names) => this with { OwnAccount = account, OwnNames = [.. names] };

    /// <summary>
    /// Whether something is a part of ResponseKit itself: a function or role by its account and its exact name, since an actor could name theirs like ours to be left
    /// alone. Anything else by its name, wherever it is: holding it for a person costs little.
    /// </summary>
    public bool IsOwnPart(ResourceRef target)
    {
        if (target.Kind == ResourceKind.LambdaFunction || target.Kind == ResourceKind.IamRole)
            return OwnAccount is not null && target.Account == OwnAccount && OwnNames.Contains(target.Name);
        return target.Kind != ResourceKind.IamUser && OwnParts.IsOwn(target);
    }

    /// <summary>Whether AWS vouches that a record's caller is a session of one of the responders' roles.</summary>
    public bool IsResponder(CloudTrailRecord record) => Exemption.Of(Responders, record) is not null;

    /// <summary>For how many hours a person's answer is waited for. When there is none by then, it is as if the answer were no.</summary>
    public int ApprovalHours { get; init; } = 24;
}
