using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>What is to be allowed from now on to somebody who was braked.</summary>
/// <param name="UsdPerHour">Up to how many US dollars an hour.</param>
/// <param name="Days">For how many days.</param>
public sealed record Remembering(int UsdPerHour, int Days);

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
    /// <param name="Remember">What is to be allowed from now on to whom is released; null for nothing.</param>
    public sealed record Decide(string Incident, bool IsApproved, string By, string Reason, CallerProof? Proof = null, Remembering? Remember = null) : ApprovalInput;

    /// <summary>It cannot be read.</summary>
    /// <param name="Errors">What is wrong with which field.</param>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : ApprovalInput;
}
