using System.Collections.Immutable;

namespace ResponseKit.Rules;

/// <summary>Whose calls rules leave out.</summary>
/// <param name="Roles">Roles whose sessions' calls are not delivered, by their exact ARN.</param>
/// <param name="Issuers">How the <c>principalId</c> of those begins who open sessions with tokens of known issuers.</param>
internal readonly record struct LeftOut(ImmutableArray<string> Roles, ImmutableArray<string> Issuers);
