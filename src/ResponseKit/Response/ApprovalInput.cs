using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>
/// What the approval function is sent. One of <see cref="Ask"/>, which the state machine sends, <see cref="Decide"/>, which a person sends, and
/// <see cref="Invalid"/>.
/// </summary>
public abstract record ApprovalInput
{
    private ApprovalInput()
    {
    }

    /// <summary>An execution waits for an answer.</summary>
    /// <param name="Incident">The incident's id.</param>
    /// <param name="Round">The incident's round.</param>
    /// <param name="Token">What to give back to Step Functions.</param>
    public sealed record Ask(string Incident, int Round, string Token) : ApprovalInput;

    /// <summary>A person answers.</summary>
    /// <param name="Incident">The incident's id.</param>
    /// <param name="IsApproved">Whether it may be done.</param>
    /// <param name="By">Who says so.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Proof">What proves who answers; null when nothing does.</param>
    public sealed record Decide(string Incident, bool IsApproved, string By, string Reason, CallerProof? Proof = null) : ApprovalInput;

    /// <summary>It cannot be read.</summary>
    /// <param name="Errors">What is wrong with which field.</param>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : ApprovalInput;
}
