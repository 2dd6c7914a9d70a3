namespace ResponseKit.Aws.Actions.Iam;

/// <summary>What stands on a principal of the unconditional deny.</summary>
/// <param name="Facts">The principal; null when it could not be read.</param>
/// <param name="Attached">The ARNs of its managed policies.</param>
/// <param name="Inline">The inline policy with the quarantine's name; empty when there is none.</param>
internal sealed record DenyState(PrincipalFacts? Facts, IReadOnlyList<string> Attached, string Inline);
