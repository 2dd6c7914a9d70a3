using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ResponseKit.Actors;

namespace ResponseKit.Correlation;

/// <summary>An actor's case that is acted upon.</summary>
/// <param name="Id">Its id, fit for a Step Functions execution name.</param>
/// <param name="Root">The actor whose case it is.</param>
/// <param name="Account">The actor's account.</param>
/// <param name="Opened">When what led to it began, by the clocks of the called services.</param>
/// <param name="Verdict">Why it is acted upon.</param>
/// <param name="Case">What is known.</param>
public sealed record Incident(string Id, Actor Root, string Account, DateTimeOffset Opened, Verdict Verdict, CaseFile Case)
{
    /// <summary>Of how many things that no action can see to people are told with its opening.</summary>
    public int Paged { get; init; }

    /// <summary>How long before the first thing that counted an incident begins: an attacker's first steps may have been unremarkable.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);

    /// <summary>For how long its principals are braked, or were; null where they never were.</summary>
    public BrakeSpan? Brake { get; init; }

    /// <summary>The key of its case; by it one incident is told from another.</summary>
    [JsonIgnore]
    public string CaseKey => Case.RootKey;

    /// <summary>
    /// Makes an incident of a case. Its time is that of the first signal that counted, so that judging the same case again gives the same id.
    /// </summary>
    public static Incident Open(CaseFile file, Verdict verdict)
    {
        var root = file.Root;
        var opened = verdict.Signals.Select(signal => signal.Time).Concat(file.Observations.Select(observation => observation.Time)).FirstOrDefault();
        return new(IdOf(file.RootKey, opened), root, root.Account, opened, verdict, file);
    }

    private static string IdOf(string caseKey, DateTimeOffset opened) =>
        $"inc-{opened.UtcDateTime:yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(caseKey)))[..12]}";
}
