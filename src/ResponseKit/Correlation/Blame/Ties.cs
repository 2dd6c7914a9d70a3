using ResponseKit.Correlation.Novelty;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// Decides what a link means: whether a child acts for who opened or made it. That somebody made it is not enough: brokers open sessions for everybody,
/// rotators renew the keys of others, pipelines make the roles of workloads. Decision 27 has the rules and what speaks for them.
/// </summary>
/// <param name="deeds">What is known.</param>
/// <param name="policy">The windows and thresholds.</param>
internal sealed class Ties(Deeds deeds, ResponsePolicy policy)
{
    /// <summary>From so many on, whom somebody opens sessions or makes keys for are others than himself.</summary>
    private const int Many = 3;

    private static readonly string[] AdministratorDetections = ["iam.admin-policy-attached", "iam.admin-policy-written", "iam.group-joined"];

    private readonly Dictionary<CaseLink, Tie> known = [];
    private readonly Dictionary<string, IReadOnlyList<DateTimeOffset>> strange = new(StringComparer.Ordinal);
    private readonly TimeSpan horizon = Horizon.Of(policy.Correlation);

    /// <summary>What a link means.</summary>
    public Tie Of(CaseLink link) => known.TryGetValue(link, out var tie) ? tie : known[link] = link.Kind switch
    {
        LinkKind.MadeUser => OfUser(link),
        LinkKind.MadeRole => OfRole(link),
        LinkKind.MadeKey => OfKey(link),
        LinkKind.Renamed => Tie.Same,
        _ => OfSession(link),
    };

    // A stolen key whose only act is to open a session must not get away, and a broker must not be blamed for whom it serves: it has many, and they
    // are elsewhere or use other programs.
    private Tie OfSession(CaseLink link)
    {
        if (link.Subject is null || IsSameHands(link))
            return Tie.Same;
        var others = deeds.OpenedBy(link.Opener, link.Time - horizon, link.Time + horizon)
            .Where(other => other is { Kind: LinkKind.Opened, Subject: not null } && !IsSameHands(other));
        // Behind one address a broker shows itself only by whom it has served with other programs.
        if (IsSameAddress(link))
            others = others.Where(HasActed);
        return Subjects(others) < Many || IsStrange(link) ? Tie.Chain : Tie.None;
    }

    private Tie OfUser(CaseLink link)
    {
        if (IsSameHands(link))
            return Tie.Same;
        var made = deeds.OpenedBy(link.Opener, link.Time - horizon, link.Time + horizon).Where(other => other.Kind == LinkKind.MadeUser && !IsSameHands(other));
        return (IsSamePlace(link) && Subjects(made) < Many) || IsMadeAdministrator(link) || IsStrange(link) ? Tie.Chain : Tie.None;
    }

    // What services do with a role is the workload's doing, behind whatever address that leaves the network.
    private Tie OfRole(CaseLink link) => link.Trust switch
    {
        RoleTrust.Services => Tie.None,
        RoleTrust.Outsiders => IsSameHands(link) ? Tie.Same : Tie.Chain,
        _ => IsSameHands(link) ? Tie.Same : IsSamePlace(link) ? Tie.Chain : Tie.None,
    };

    private Tie OfKey(CaseLink link)
    {
        var others = deeds.OpenedBy(link.Opener, link.Time - horizon, link.Time + horizon).ToList();
        // A key for a user of one's own making goes with the user.
        if (IsOwnMaking(link, others))
            return Tie.None;
        if (Subjects(others.Where(other => other.Kind == LinkKind.MadeKey && !IsOwnMaking(other, others))) < Many && IsSamePlace(link))
            return IsSameHands(link) ? Tie.Same : Tie.Chain;
        return IsStrange(link) ? Tie.Chain : Tie.None;
    }

    private static bool IsOwnMaking(CaseLink key, List<CaseLink> others) => others.Exists(other => other.Kind == LinkKind.MadeUser && other.Child == key.Subject);

    private static int Subjects(IEnumerable<CaseLink> links) => links.Select(link => link.Subject).Distinct(StringComparer.Ordinal).Take(Many).Count();

    private IEnumerable<Observation> ActsOf(CaseLink link) => NamesOf(link).SelectMany(name => deeds.Of(name, link.Time - Horizon.Skew, link.Time + horizon));

    // Under which names a child acts: its own, and those that it was given since.
    private List<string> NamesOf(CaseLink link)
    {
        var names = new List<string> { link.Child };
        for (var at = 0; at < names.Count && names.Count < CaseTrees.MaxLinks; at++)
        {
            names.AddRange(deeds.OpenedBy(names[at], link.Time, link.Time + horizon).Where(other => other.Kind == LinkKind.Renamed).Select(other => other.Child)
                .Where(name => !names.Contains(name, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal));
        }

        return names;
    }

    private bool HasActed(CaseLink link) => ActsOf(link).Any();

    private bool IsSameHands(CaseLink link) => link.From is { } from && ActsOf(link).Any(act => act.From == from);

    private bool IsSameAddress(CaseLink link) => link.From is { } from && ActsOf(link).Any(act => act.From?.Address == from.Address);

    private bool IsSamePlace(CaseLink link) => link.From is { } from && ActsOf(link).Any(act => act.From?.IsNear(from) == true);

    private bool IsMadeAdministrator(CaseLink link)
    {
        var name = ResourceRef.Parse(ResourceKind.IamUser, link.Child, "", "")?.Name;
        return deeds.Of(link.Opener, link.Time - Horizon.Skew, link.Time + horizon).SelectMany(deed => deed.Signals).Any(signal =>
            AdministratorDetections.Contains(signal.DetectionId) && signal.Outcome.TookEffect
            && signal.Finding.Facts.GetValueOrDefault("userName") is { } user && string.Equals(user, name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Whether the parent's own deeds around that time, opening and making aside, are a stranger's and worth watching. Provisioning is not: pipelines
    /// do so all day.
    /// </summary>
    private bool IsStrange(CaseLink link)
    {
        if (!strange.TryGetValue(link.Opener, out var times))
            strange[link.Opener] = times = StrangeTimes(link.Opener);
        return times.Any(time => time >= link.Time - TimeSpan.FromMinutes(policy.Correlation.WindowMinutes) && time <= link.Time + horizon);
    }

    private IReadOnlyList<DateTimeOffset> StrangeTimes(string opener)
    {
        var own = deeds.Of(opener, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Where(deed => deed.Links.IsEmpty && !deed.Signals.Any(IsRefusedOpening));
        return WindowScan.StrangeTimes(Evidence.Of(new CaseFile(opener, [.. own]), policy, Baseline.Empty).Counted, policy.Correlation);
    }

    private static bool IsRefusedOpening(Signal signal) => signal.DetectionId == "sts.role-refused";
}
