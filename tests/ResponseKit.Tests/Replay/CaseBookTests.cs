using System.Text.Json;
using FsCheck.Fluent;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Replay;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Replay;

public sealed class CaseBookTests
{
    private static readonly ResponsePolicy Policy = new();

    private static IReadOnlyList<ReplayedCase> Replay(IEnumerable<Observation> observations)
    {
        var book = new CaseBook(Policy, Baseline.Empty);
        foreach (var observation in observations)
            book.Add(observation);
        return book.Finish();
    }

    private static string Text(IEnumerable<ReplayedCase> cases) => string.Join('\n', cases.Select(one =>
        $"{one.Incident.Id} {one.Verdict.Name} {one.Verdict.Score} {one.FirstAlert} {one.RecordIndex} {JsonSerializer.Serialize(one.Verdict.Categories)}"));

    [Fact]
    public void The_order_of_records_and_duplicates_make_no_difference() => Properties.Holds(
        from observations in Any.ArrayOf(40)
        let events = observations.DistinctBy(one => one.EventId).ToArray()
        from shuffled in Gen.Shuffle(events.Concat(events).ToArray())
        select (events, shuffled),
        pair => Text(Replay(pair.events)) == Text(Replay(pair.shuffled)));

    [Fact]
    public void Leaving_out_repetitions_changes_no_verdict() => Properties.Holds(
        from kinds in Gen.Choose(1, 4)
        from seconds in Gen.Choose(0, 2 * 60 * 60).ListOf(200)
        select seconds.Select((second, at) => Signalled(
            $"{at}", second / 60.0, (SignalCategory)(at % 5), 5 + (at % 7), $"d{at % 5}-{at % kinds}", at % 3 == 0 ? new CallOutcome.Denied("AccessDenied") : null) is var one
                ? one with { Signals = [one.Signals[0] with { Finding = one.Signals[0].Finding with { Explanation = $"did {at % kinds}" } }] }
                : null!).ToArray(),
        observations =>
        {
            var verdict = Correlator.Judge(Case(observations), Policy);
            var replayed = Replay(observations);
            return verdict is Verdict.Ignore
                ? replayed.Count == 0
                : replayed[0].Verdict.Name == verdict.Name && replayed[0].Verdict.Score == verdict.Score && replayed[0].FirstAlert == verdict.FirstAlert;
        });

    [Fact]
    public void When_old_observations_are_judged_and_forgotten_makes_no_difference() => Properties.Holds(
        from minutes in Gen.Choose(0, 5 * 24 * 60).ListOf(120)
        from swaps in Gen.Choose(0, 118).ListOf(40)
        from pauses in Gen.Choose(0, 119).ListOf(8)
        select (Ordered(minutes, swaps), pauses),
        pair =>
        {
            var (often, never) = (new CaseBook(Policy, Baseline.Empty), new CaseBook(Policy, Baseline.Empty));
            foreach (var (at, observation) in pair.Item1.Index())
            {
                often.Put(observation);
                never.Put(observation);
                if (pair.pauses.Contains(at))
                    often.ForgetOld();
            }

            return Text(often.Finish()) == Text(never.Finish()) && often.Late == 0;
        });

    // By time, but neighbours that are less than an hour apart may have changed places: files of one time are read at the same time.
    private static Observation[] Ordered(IEnumerable<int> minutes, IEnumerable<int> swaps)
    {
        Observation[] ordered =
        [
            .. minutes.Order().Select((minute, at) => Signalled($"{at}", minute, (SignalCategory)(at % 5), 12 + (at % 17), $"d{at % 10}")),
        ];
        foreach (var at in swaps.Select(at => at / 2 * 2).Distinct().Where(at => ordered[at + 1].Time - ordered[at].Time < TimeSpan.FromHours(1)))
            (ordered[at], ordered[at + 1]) = (ordered[at + 1], ordered[at]);
        return ordered;
    }

    [Fact]
    public void A_month_of_one_noisy_actor_takes_no_more_room_than_a_day_and_hides_no_attack()
    {
        var book = new CaseBook(Policy, Baseline.Empty);
        for (var minute = 0; minute < 31 * 24 * 60; minute++)
        {
            book.Add(Signalled($"noise-{minute}", minute, SignalCategory.Recon, 2, "quotas"));
            if (minute == 20_000)
            {
                foreach (var (at, category) in new[] { SignalCategory.PermissionProbing, SignalCategory.Provisioning, SignalCategory.Persistence }.Index())
                    book.Add(Signalled($"attack-{at}", minute + at, category, 40, $"a{at}") with { Actor = new Actor.User(Account, "thief") });
            }
        }

        var found = Assert.Single(book.Finish(), one => one.Verdict is Verdict.Contain);
        Assert.Equal("arn:aws:iam::111122223333:user/thief", found.Incident.Root.Key);
        Assert.Equal(("attack-2", 3, 3), (found.FirstAlert.EventId, found.RecordIndex, found.Records));
        Assert.Equal(0, book.Late);
    }

    [Fact]
    public void What_a_session_and_a_made_user_do_adds_to_one_case()
    {
        var user = new Actor.User(Account, "made");
        var role = new Actor.Role(Account, "deploy");
        Observation[] story =
        [
            Of("1", 0) with { Links = [new("ASIAEXAMPLEEXAMPLE01", Thief.Key, At(0))] },
            Of("2", 1) with { Actor = role, AccessKeyId = "ASIAEXAMPLEEXAMPLE01", Links = [new(user.Key, role.Key, At(1)) { Via = "ASIAEXAMPLEEXAMPLE01" }] },
            Signalled("3", 2, SignalCategory.PermissionProbing, 30),
            Signalled("4", 3, SignalCategory.Provisioning, 40) with { Actor = user, AccessKeyId = "AKIAEXAMPLEEXAMPLE77" },
            Signalled("5", 4, SignalCategory.Persistence, 40) with { Actor = role, AccessKeyId = "ASIAEXAMPLEEXAMPLE01" },
        ];
        var found = Assert.Single(Replay(story.Reverse()));
        Assert.IsType<Verdict.Contain>(found.Verdict);
        Assert.Equal(Thief.Key, found.Incident.Root.Key);
        Assert.Equal([Thief.Key, role.Key, user.Key], found.Actors.Select(actor => actor.Key));
    }
}
