using System.Collections.Immutable;
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

    /// <summary>How many instances one incident may terminate before a person is asked.</summary>
    public int MaxInstancesPerIncident { get; init; } = 1000;

    /// <summary>How many other resources one incident may destroy before a person is asked.</summary>
    public int MaxResourcesPerIncident { get; init; } = 500;

    /// <summary>Ids of actions that always wait for a person.</summary>
    public ImmutableArray<string> ApprovalFor { get; init; } = [];

    /// <summary>For how many hours a person's answer is waited for. When there is none by then, it is as if the answer were no.</summary>
    public int ApprovalHours { get; init; } = 24;
}
