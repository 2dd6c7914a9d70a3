using System.Security.Cryptography;
using System.Text;
using ResponseKit.Aws.Identity;
using ResponseKit.Correlation;
using ResponseKit.Response;

namespace ResponseKit.Functions;

/// <summary>Finds out who signed what a person sent, and whether they may decide about an incident.</summary>
/// <param name="services">The function's services.</param>
internal sealed class Proving(FunctionServices services)
{
    /// <summary>Who it was as AWS says, or why it does not count; exactly one of the two.</summary>
    /// <param name="proof">What the person sent.</param>
    /// <param name="answer">The text that they must have signed.</param>
    /// <param name="incident">The incident with its case: its actor, and what they made, decide nothing in it.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    public async Task<(string? Proven, string? Refusal)> WhoAsync(CallerProof proof, string answer, Incident incident, CancellationToken cancellationToken)
    {
        if (services.Identity is null)
            return (null, "Nobody can find out here who signed it.");
        var identity = await services.Identity.AskAsync(proof, answer, cancellationToken);
        if (identity is not CallerIdentityResult.Known known)
            return (null, ((CallerIdentityResult.Refused)identity).Reason);
        if (Approver.ReasonAgainst(known.Arn, incident, services.Policy.Guards) is { } reason)
            return (null, reason);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof.Authorization)));
        var isFirst = await services.Approvals.UseProofAsync(name, services.Time.GetUtcNow().AddDays(1), cancellationToken);
        return isFirst ? (known.Arn, null) : (null, "This signature was used before. Sign again.");
    }
}
