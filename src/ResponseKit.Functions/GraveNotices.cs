using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Response.Notifications;

namespace ResponseKit.Functions;

/// <summary>
/// What people are told at once of what is only watched: somebody made the watchers see less, or changed ResponseKit itself. Whatever it weighs, in every mode,
/// and once an hour for each actor and kind of act.
/// </summary>
internal static class GraveNotices
{
    /// <summary>The notices of an event; none where it holds nothing grave, or where opening the incident has told of it.</summary>
    /// <param name="observation">What was observed.</param>
    /// <param name="root">The key of the actor whose case it is.</param>
    /// <param name="account">The account that was acted upon.</param>
    /// <param name="answer">What triage made of it.</param>
    /// <param name="mode">What ResponseKit may do.</param>
    public static IEnumerable<Notice> Of(Observation observation, string root, string account, TriageAnswer answer, ResponseMode mode)
    {
        if (answer is { Outcome: TriageOutcome.Responding or TriageOutcome.NotResponding, Verdict: not Verdict.Brake })
            return [];
        return from signal in observation.Signals
               where signal.IsGrave && signal.Finding.Allowed is null && Counts(signal, answer.Verdict)
               select NoticeOf(signal, observation, root, account, answer, mode);
    }

    // Whoever takes down what they have put up themselves hides nothing: only the whole case shows that. Where it was not judged, the act speaks for itself.
    private static bool Counts(Signal signal, Verdict? verdict) => verdict is null
        || verdict.Signals.Any(counted => counted.EventId == signal.EventId && counted.DetectionId == signal.DetectionId)
        || verdict.Signals.Any(counted => counted.DetectionId == signal.DetectionId && counted.IsGrave);

    private static Notice NoticeOf(Signal signal, Observation observation, string root, string account, TriageAnswer answer, ResponseMode mode)
    {
        var kind = signal.Finding.Facts.TryGetValue("part", out var part) ? $"{signal.DetectionId}.{part}" : signal.DetectionId;
        var incident = answer.Incident ?? $"watch-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..12]}";
        return new()
        {
            Incident = incident,
            State = $"grave-{kind}-{signal.Time.UtcDateTime:yyyyMMddHH}",
            Subject = $"ResponseKit: {observation.Actor.Key} {signal.Finding.Explanation}",
            Lines =
            [
                $"{observation.Actor.Key} {signal.Finding.Explanation}, at {signal.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC in account {account}, region {observation.Region}.",
                "",
                answer.Incident is { } known
                    ? $"It belongs to incident {known}: responsekit show {known}"
                    : "By itself this is not reason enough to contain anybody, so nothing was done about it. If nobody meant to, treat it as part of an attack:",
                .. answer.Incident is null ? ImmutableArray<string>.Empty.Add("put back what was changed, and contain the actor with the action functions.") : [],
                $"Who does this legitimately: {string.Join("; ", DetectionCatalogue.All.First(detection => detection.Descriptor.Id == signal.DetectionId).Descriptor.BenignCauses)}.",
                "", "Further acts of this kind by the same actor are not told within the hour.",
                .. answer.Verdict is { } verdict ? ImmutableArray<string>.Empty.Add("").AddRange(verdict.Explanation.ToString().Split('\n')) : [],
            ],
            Attributes = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal,
            [
                KeyValuePair.Create("verdict", answer.Verdict?.Name ?? "watch"), KeyValuePair.Create("account", account),
                KeyValuePair.Create("mode", mode.ToString().ToLowerInvariant()), KeyValuePair.Create("state", "grave"),
            ]),
        };
    }
}
