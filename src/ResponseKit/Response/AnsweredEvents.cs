using System.Security.Cryptography;
using System.Text;
using ResponseKit.Correlation;
using ResponseKit.Detections;

namespace ResponseKit.Response;

/// <summary>
/// The events that a response has planned by. What took effect and is not among them is new, whatever its time: records reach ResponseKit late and out of order
/// (EventBridge User Guide, "Event delivery from AWS services": best effort, retried for up to 24 hours).
/// </summary>
public sealed class AnsweredEvents
{
    // Of 50,000 events the chance that a new one is taken for one of them is 1 in 5,000,000,000; and all of them fit into an item of DynamoDB's.
    private const int Length = 6;

    private readonly HashSet<long> known = [];

    /// <summary>Reads what plans knew.</summary>
    /// <param name="texts">What <see cref="Add"/> gave, in any order.</param>
    public AnsweredEvents(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            // What somebody else wrote there answers nothing.
            var bytes = new byte[text.Length];
            if (!Convert.TryFromBase64String(text, bytes, out var length))
                continue;
            for (var at = 0; at + Length <= length; at += Length)
                known.Add(Number(bytes.AsSpan(at, Length)));
        }
    }

    /// <summary>Whether an observation changed something: made, altered or opened something, or called with success for what a detection names.</summary>
    public static bool TookEffect(Observation observation) =>
        observation.HasEffect || observation.Signals.Any(signal => signal.Outcome.TookEffect);

    /// <summary>Whether a plan knew an event.</summary>
    public bool Has(string eventId) => known.Contains(Number(Short(eventId)));

    /// <summary>Whether something took effect in a case that no plan knew.</summary>
    /// <param name="file">The case.</param>
    /// <param name="since">What was done before is no part of it.</param>
    public bool Misses(CaseFile file, DateTimeOffset since) =>
        file.Observations.Any(observation => observation.Time >= since && TookEffect(observation) && !Has(observation.EventId));

    /// <summary>
    /// Whether an act took effect in a case that no plan knew: something was made, opened or hindered. Reading and sessions that are merely opened are none.
    /// </summary>
    /// <param name="file">The case.</param>
    /// <param name="since">What was done before is no part of it.</param>
    public bool MissesAct(CaseFile file, DateTimeOffset since) =>
        file.Observations.Any(observation => observation.Time >= since && observation.Signals.Any(IsAct) && !Has(observation.EventId));

    private static bool IsAct(Signal signal) => signal.Outcome.TookEffect && signal.Finding.Allowed is null
        && signal.Category is SignalCategory.Provisioning or SignalCategory.Persistence or SignalCategory.Obstruction;

    /// <summary>Takes events in, and gives those that are new in a form that is kept.</summary>
    /// <param name="eventIds">The events that a plan was made by.</param>
    public string Add(IEnumerable<string> eventIds)
    {
        var bytes = new List<byte>();
        foreach (var eventId in eventIds)
        {
            var hash = Short(eventId);
            if (known.Add(Number(hash)))
                bytes.AddRange(hash);
        }

        return Convert.ToBase64String([.. bytes]);
    }

    private static byte[] Short(string eventId) => SHA256.HashData(Encoding.UTF8.GetBytes(eventId))[..Length];

    private static long Number(ReadOnlySpan<byte> hash)
    {
        long number = 0;
        foreach (var part in hash)
            number = (number << 8) | part;
        return number;
    }
}
