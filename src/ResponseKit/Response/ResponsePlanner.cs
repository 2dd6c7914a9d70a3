using System.Collections.Immutable;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>
/// Decides what to do about an incident: from who acted in it and what they made and changed, through the triggers that the actions state.
/// </summary>
public static class ResponsePlanner
{
    /// <summary>
    /// Makes the plan. Requests are to apply where nothing is against it, and the mode is not observe, else to plan. A guard holds back only the
    /// targets that it is about.
    /// </summary>
    /// <param name="incident">The incident.</param>
    /// <param name="actions">The actions that there are.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="approved">What persons have allowed in the incident; nothing when it is null.</param>
    /// <param name="round">For which round; the first when it is null.</param>
    /// <param name="ended">What was ended by now, of which nobody needs to be told; nothing when it is null.</param>
    public static ResponsePlan Plan(
        Incident incident, IEnumerable<ActionDescriptor> actions, ResponsePolicy policy, ApprovedScope? approved = null, PlanRound? round = null,
        IReadOnlySet<ResourceRef>? ended = null)
    {
        round ??= PlanRound.First;
        var all = actions.ToImmutableArray();
        approved ??= ApprovedScope.Nothing;
        var isBrake = incident.Verdict is Verdict.Brake && !approved.NamesOther(BrakesOf(all));
        var subjects = Subjects.Of(incident, policy.Guards, round);
        var pages = ImmutableArray.CreateBuilder<Page>();
        var actors = incident.Case.Actors.Append(incident.Root).DistinctBy(actor => actor.Key, StringComparer.Ordinal);
        pages.AddRange(actors.Select(actor => Pager.ForActor(actor, isBrake)).OfType<Page>());
        pages.AddRange(SessionSources.PagesOf(incident.Case, round));
        var draft = new PlanDraft(incident, policy, approved, round.Number);
        if (isBrake)
        {
            foreach (var subject in subjects.Select(subject => subject.With(BrakeSpan.Option, Authorship.Text(incident.Brake?.Until ?? incident.Opened))))
            {
                foreach (var action in all.Where(action => IsCaught(subject, action, forBrake: true)))
                    draft.Add(action, subject);
            }
        }

        // Who is asked whether to brake is asked about more once it is answered.
        foreach (var subject in draft.Waits ? [] : subjects)
        {
            foreach (var action in all.Where(action => IsCaught(subject, action, forBrake: false)))
                draft.Add(action, subject, isBrake ? Asked : null);
        }

        // A brake leaves what was made to whoever decides.
        pages.AddRange(Pager.ForOwnParts(incident.Case));
        if (!isBrake)
        {
            var told = incident.Case.Observations.SelectMany(observation => observation.Changes).Select(change => change.About).OfType<ResourceRef>().ToHashSet();
            var isEnded = Subjects.Ended(incident, policy.Guards, all);
            pages.AddRange(ChangePager.Of(incident.Case, about => isEnded(about) || ended?.Contains(about) == true));
            pages.AddRange(Pager.ForUnanswered(
                subjects.Where(subject => !all.Any(action => IsCaught(subject, action, forBrake: false)) && !IsTold(subject, told))));
        }

        var planned = draft.Finish();
        pages.AddRange(Pager.ForHeld(planned));
        return new(incident.Id, planned, [.. pages.Distinct()])
        {
            Events = [.. incident.Case.Observations.Where(AnsweredEvents.TookEffect).Select(observation => observation.EventId)],
        };
    }

    /// <summary>Whether a person has said that an incident whose verdict is to brake is to be contained.</summary>
    /// <param name="approvals">What persons were asked, and answered.</param>
    /// <param name="brakes">The ids of the actions that brake.</param>
    public static bool IsContainedByPerson(IEnumerable<Approval> approvals, IReadOnlySet<string> brakes) => ApprovedScope.Of(approvals).NamesOther(brakes);

    private const string Asked = "The verdict is to brake. Whether more is done a person decides: approve to contain, reject to release.";

    private static HashSet<string> BrakesOf(ImmutableArray<ActionDescriptor> actions) =>
        actions.Where(action => action.Triggers.Any(trigger => trigger.IsForBrake)).Select(action => action.Id).ToHashSet(StringComparer.Ordinal);

    private static bool IsCaught(Subject subject, ActionDescriptor action, bool forBrake) =>
        action.Triggers.Any(trigger => trigger.IsForBrake == forBrake && subject.IsCaughtBy(trigger));

    // What was only named is not in the table, and a principal that acted is not told for what was done to it.
    private static bool IsTold(Subject subject, HashSet<ResourceRef> told) =>
        subject.Relation is LineageRelation.Created or LineageRelation.Altered && told.Contains(subject.Resource);
}
