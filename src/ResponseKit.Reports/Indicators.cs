using System.Collections.Immutable;
using System.Text;
using ResponseKit.Correlation;

namespace ResponseKit.Reports;

/// <summary>What to look for elsewhere: in other accounts, in a firewall's log, in a list of bad addresses.</summary>
public static class Indicators
{
    private static readonly ImmutableSortedDictionary<string, string> Facts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["image"] = "image",
        ["imageId"] = "machine image",
        ["trusts"] = "trusted from outside",
        ["provider"] = "identity provider",
        ["targetId"] = "account",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Those of the actor's calls, by kind, the most frequent first.</summary>
    internal static ImmutableArray<Indicator> Of(IEnumerable<Observation> observations) =>
    [
        .. observations.SelectMany(act => Seen(act).Distinct().Select(seen => (seen.Kind, seen.Value, act.Time)))
            .GroupBy(seen => (seen.Kind, seen.Value))
            .Select(same => new Indicator(same.Key.Kind, Shown.Text(same.Key.Value), Shown.Time(same.Min(one => one.Time)), Shown.Time(same.Max(one => one.Time)), same.Count()))
            .OrderBy(indicator => indicator.Kind, StringComparer.Ordinal).ThenByDescending(indicator => indicator.Calls).ThenBy(indicator => indicator.Value, StringComparer.Ordinal),
    ];

    private static IEnumerable<(string Kind, string Value)> Seen(Observation act)
    {
        if (act.From is { } from)
        {
            yield return ("address", from.Address);
            if (from.Agent.Length > 0)
                yield return ("program", from.Agent);
        }

        yield return ("identity", act.Actor.Key);
        yield return ("region", act.Region);
        if (act.AccessKeyId is { } key)
            yield return ("access key", key);
        if (act.Session is { } session)
            yield return ("session", session);
        foreach (var entry in act.Lineage.Where(entry => entry.Relation == LineageRelation.Created))
            yield return ($"{KindWords.One(entry.Resource.Kind)} made", entry.Resource.Name);
        foreach (var fact in act.Signals.SelectMany(signal => signal.Finding.Facts))
        {
            if (Facts.TryGetValue(fact.Key, out var kind))
                yield return (kind, fact.Value);
        }
    }

    /// <summary>
    /// As CSV (RFC 4180) with a head, in UTF-8. A value that a spreadsheet would take for a formula has an apostrophe before it: the actor chose many of them
    /// (OWASP, "CSV Injection").
    /// </summary>
    public static byte[] ToCsv(IEnumerable<Indicator> indicators)
    {
        var text = new StringBuilder("kind,value,first_seen,last_seen,calls\r\n");
        foreach (var indicator in indicators)
        {
            text.AppendJoin(',', Field(indicator.Kind), Field(indicator.Value), Field(indicator.First), Field(indicator.Last), indicator.Calls.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Field(string value)
    {
        var safe = value.Length > 0 && "=+-@\t\r".Contains(value[0], StringComparison.Ordinal) ? "'" + value : value;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
