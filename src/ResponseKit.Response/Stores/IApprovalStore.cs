using System.Collections.Immutable;

namespace ResponseKit.Response.Stores;

/// <summary>Where it is kept what persons are asked about, and what they answered. A plan believes this and nothing else.</summary>
public interface IApprovalStore
{
    /// <summary>What was asked about an incident, in the order in which it was.</summary>
    Task<ImmutableArray<Approval>> OfAsync(string incident, CancellationToken cancellationToken);

    /// <summary>Keeps a question, unless one of its number was kept before: then that one stands.</summary>
    Task AskAsync(Approval approval, CancellationToken cancellationToken);

    /// <summary>Keeps the answer to a question, unless there is one already.</summary>
    Task<ApprovalAnswer> AnswerAsync(Approval approval, ApprovalDecision decision, CancellationToken cancellationToken);

    /// <summary>Notes that a proof of identity is used.</summary>
    /// <param name="proof">A name of it that tells nothing of it.</param>
    /// <param name="until">Until when it could be used again.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    /// <returns>Whether it was not used before.</returns>
    Task<bool> UseProofAsync(string proof, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Notes the token of the execution that waits for the answer.</summary>
    /// <returns>Whether the question has been answered already, so that nobody will give the token back.</returns>
    Task<bool> WaitAsync(Approval approval, string token, CancellationToken cancellationToken);
}

/// <summary>What came of answering.</summary>
/// <param name="IsKept">Whether this answer was the first, and stands.</param>
/// <param name="Token">The token of the execution that waits for it; null when none does.</param>
public sealed record ApprovalAnswer(bool IsKept, string? Token);
