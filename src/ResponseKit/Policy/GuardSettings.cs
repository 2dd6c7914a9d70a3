using System.Collections.Immutable;

namespace ResponseKit.Policy;

/// <summary>Whom and what ResponseKit leaves alone. Only the policy file says this: tags and names can be had by an attacker.</summary>
public sealed record GuardSettings
{
    /// <summary>
    /// ARN patterns of users and roles that are never contained, only reported: break-glass users, the only administrator, the pipeline that
    /// everything hangs on. <c>*</c> stands for any text, <c>?</c> for one character.
    /// </summary>
    public ImmutableArray<string> ProtectedPrincipals { get; init; } = [];

    /// <summary>
    /// ARNs of roles that incident responders work under. What they do is no attack: a forensic hold looks just like one. <c>*</c> may stand
    /// for the account.
    /// </summary>
    public ImmutableArray<string> Responders { get; init; } = [];

    /// <summary>
    /// ARNs of the roles that deploy ResponseKit. What they change of ResponseKit itself is not counted against them; everything else that they do is.
    /// <c>*</c> may stand for the account.
    /// </summary>
    public ImmutableArray<string> Deployers { get; init; } = [];

    /// <summary>ARNs of ResponseKit's own roles, which it neither judges nor contains. <c>*</c> may stand for the account.</summary>
    public ImmutableArray<string> ResponsekitRoles { get; init; } = [];

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
