using System.Collections.Immutable;

namespace ResponseKit.Scenarios;

/// <summary>One CloudTrail record and the truth about it.</summary>
/// <param name="Json">The record as CloudTrail writes it, on one line.</param>
/// <param name="Time">Its <c>eventTime</c>, in whole seconds.</param>
/// <param name="Actor">
/// The ARN of the IAM principal that the record names: a user, a role (never one of its sessions), or the root user. A call that a service made with no
/// principal of the account has the service's name; who takes a role by OpenID Connect is that role.
/// </param>
/// <param name="IsAttack">
/// Whether the attacker made the call, or a service made it to carry out what the attacker asked for. In the latter case the actor is the service's role,
/// which is nobody to contain. An honest call of a hijacked principal is no attack.
/// </param>
public sealed record LabelledRecord(string Json, DateTimeOffset Time, string Actor, bool IsAttack);

/// <summary>Some hours of an account's life, told by its records in the order of time.</summary>
/// <param name="Id">Lower case with hyphens; stays the same.</param>
/// <param name="Title">What happens, for people.</param>
/// <param name="IsAttack">Whether there is somebody to contain.</param>
/// <param name="Attackers">The ARNs of the principals whose credentials the attacker used in this account: those must be contained, and no others.</param>
/// <param name="Planted">
/// The ARNs of the principals that the attacker made, or took over, without using them here. To contain them is right; to leave them is no miss.
/// </param>
/// <param name="Records">In the order of time.</param>
public sealed record Scenario(
    string Id, string Title, bool IsAttack, ImmutableArray<string> Attackers, ImmutableArray<string> Planted, ImmutableArray<LabelledRecord> Records);
