using System.Collections.Immutable;
using ResponseKit.Policy;

namespace ResponseKit.Infra.Settings;

/// <summary>What to deploy, as the command line's <c>-c</c> and the AWS profile say.</summary>
public sealed record DeploymentSettings
{
    /// <summary>What the deployment covers. <c>-c scope</c>.</summary>
    public required DeploymentScope Scope { get; init; }

    /// <summary>What ResponseKit may do by itself. <c>-c mode</c>; what the policy file says of it does not count.</summary>
    public ResponseMode Mode { get; init; } = ResponseMode.Observe;

    /// <summary>The region of the functions, the bus, and all that is kept. The AWS profile's, or the variable AWS_REGION.</summary>
    public required string HomeRegion { get; init; }

    /// <summary>The account to deploy into in the scope of one account; null when no credentials say it, which does for looking at templates.</summary>
    public string? Account { get; init; }

    /// <summary>The regions whose events are forwarded; the home region is among them. <c>-c regions</c>.</summary>
    public required ImmutableArray<string> Regions { get; init; }

    /// <summary>The policy file's text. <c>-c policy</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>Where the policy was read, for people.</summary>
    public required string PolicyPath { get; init; }

    /// <summary>Whether rules also get calls that only read. <c>-c reads</c>.</summary>
    public bool Reads { get; init; }

    /// <summary>Whom alarms and incidents are mailed to; null for nobody. <c>-c notify</c>.</summary>
    public string? Notify { get; init; }

    /// <summary>Whom the second topic mails to, of alarms and of what the first did not take; null for nobody. <c>-c alarms</c>, else as <c>-c notify</c>.</summary>
    public string? Alarms { get; init; }

    /// <summary>Whether the stacks are protected against being deleted. <c>-c protection</c>.</summary>
    public bool ProtectsStacks { get; init; } = true;

    /// <summary>Whether each function has a share of the account's concurrency to itself. <c>-c concurrency</c>.</summary>
    public bool ReservesConcurrency { get; init; } = true;

    /// <summary>Where the console's shareable test events go. <c>-c testevents</c>.</summary>
    public TestEventRegistry TestEvents { get; init; }

    /// <summary>The organization; null in the scope of one account.</summary>
    public OrganizationSettings? Organization { get; init; }

    /// <summary>The qualifier of the CDK bootstrap, which is in the name of the role that deploys.</summary>
    public string BootstrapQualifier { get; init; } = "hnb659fds";
}
