using System.Text;
using FsCheck.Fluent;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using static ResponseKit.Tests.Correlation.Observations;

namespace ResponseKit.Tests.Response;

/// <summary>Which evidence counts no more once a person has said so.</summary>
public sealed class DismissalsTests
{
    private static readonly ResponsePolicy Policy = new();

    private static readonly Observation First = Signalled("first", 30, SignalCategory.Provisioning, 20);

    private static Incident About(params Observation[] observations)
    {
        var file = new CaseFile(Thief.Key, [.. observations]);
        return Incident.Open(file, Correlator.Judge(file, Policy));
    }

    private static Dismissal Saying(Incident incident, DismissalKind kind, DateTimeOffset at, params string[] released) => new()
    {
        Incident = incident.Id,
        Round = kind == DismissalKind.Released ? 0 : 1,
        Kind = kind,
        By = "alice",
        Reason = "a game day",
        At = at,
        Before = kind == DismissalKind.Released ? at : new IncidentRecord(incident, 1, at).Begins,
        Events = kind == DismissalKind.Released ? "" : new AnsweredEvents([]).Add(incident.Case.Observations.Select(one => one.EventId)),
        Released = [.. released],
    };

    [Fact]
    public void What_was_known_counts_no_more_and_what_comes_afterwards_does_whatever_its_time() => Properties.Holds(
        from others in Any.ArrayOf(20)
        from late in Any.ArrayOf(20)
        let known = others.Append(First).ToArray()
        let news = late.Where(one => known.All(other => other.EventId != one.EventId)).ToArray()
        select (known, news),
        pair =>
        {
            var incident = About(pair.known);
            var said = Dismissals.Of(incident, [Saying(incident, DismissalKind.FalseAlarm, Start.AddDays(1))]);
            var begins = new IncidentRecord(incident, 1, Start).Begins;
            return pair.known.All(said.Covers) && pair.news.All(one => said.Covers(one) == (one.Time < begins))
                && new CaseFile("x", [.. pair.known, .. pair.news]).Without(said.Covers).Observations.All(one => pair.news.Any(other => other.EventId == one.EventId));
        });

    [Fact]
    public void Only_the_release_of_the_incident_s_own_actor_says_something_about_what_it_did()
    {
        var one = First;
        var incident = About(one);
        var root = ActorResource.Of(incident.Root)!.ToArn();
        var at = one.Time.AddMinutes(5);

        Assert.False(Dismissals.Of(incident, [Saying(incident, DismissalKind.Released, at, "arn:aws:iam::111122223333:user/other")]).Covers(one));
        var said = Dismissals.Of(incident, [Saying(incident, DismissalKind.Released, at, root)]);
        Assert.True(said.Covers(one));
        Assert.False(said.Covers(one with { Time = at.AddSeconds(1), EventId = "later" }));
        Assert.Null(said.OfRound(1));
    }

    [Fact]
    public void A_false_alarm_ends_the_rounds_that_there_were_and_none_that_comes_after_it()
    {
        var incident = About(First);
        var said = Dismissals.Of(incident, [Saying(incident, DismissalKind.FalseAlarm, Start)]);
        Assert.NotNull(said.OfRound(1));
        Assert.Null(said.OfRound(2));
        Assert.Null(Dismissals.None.OfRound(1));
    }

    [Theory]
    [InlineData("""{"mode":"undo","incident":"inc-1","by":"a","reason":"b"}""", "mode")]
    [InlineData("""{"mode":"apply","incident":"inc-EDIT-ME","by":"a","reason":"b"}""", "incident")]
    [InlineData("""{"mode":"apply","incident":"inc-1","reason":"b"}""", "by")]
    [InlineData("""{"mode":"apply","incident":"inc-1","by":"a","reason":"b","all":"yes"}""", "all")]
    [InlineData("""{"mode":"apply","incident":"inc-1","by":"a","reason":"b","only":[]}""", "only")]
    [InlineData("""{"mode":"apply","incident":"inc-1","by":"a","reason":"b","only":"rcp-1"}""", "only")]
    [InlineData("""{"mode":"apply","incident":"inc-1","by":"a","reason":"b","dryRun":true}""", "dryRun")]
    [InlineData("""{"mode":"dismiss","incident":"inc-1","by":"a","reason":"b","only":["rcp-1"]}""", "only")]
    [InlineData("""[]""", "(payload)")]
    public void A_request_that_cannot_be_meant_is_refused_with_the_field(string json, string field) =>
        Assert.Contains(Assert.IsType<UndoInput.Invalid>(UndoInput.Parse(Encoding.UTF8.GetBytes(json))).Errors, error => error.Field == field);
}
