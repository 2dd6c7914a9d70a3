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
    public static ResponsePlan Plan(Incident incident, IEnumerable<ActionDescriptor> actions, ResponsePolicy policy, ApprovedScope? approved = null)
    {
        var all = actions.ToImmutableArray();
        var subjects = Subjects.Of(incident, policy.Guards);
        var pages = ImmutableArray.CreateBuilder<Page>();
        var actors = incident.Case.Actors.Append(incident.Root).DistinctBy(actor => actor.Key, StringComparer.Ordinal);
        pages.AddRange(actors.Select(Pager.ForActor).OfType<Page>());
        var draft = new PlanDraft(incident, policy, approved ?? ApprovedScope.Nothing);
        foreach (var subject in subjects)
        {
            var answers = all.Where(action => action.Triggers.Any(subject.IsCaughtBy)).ToList();
            foreach (var action in answers)
                draft.Add(action, subject);
        }

        var ended = Subjects.Ended(incident, policy.Guards, all);
        var told = incident.Case.Observations.SelectMany(observation => observation.Changes).Select(change => change.About).OfType<ResourceRef>().ToHashSet();
        pages.AddRange(Pager.ForOwnParts(incident.Case));
        pages.AddRange(ChangePager.Of(incident.Case, ended));
        pages.AddRange(Pager.ForUnanswered(
            subjects.Where(subject => !all.Any(action => action.Triggers.Any(subject.IsCaughtBy)) && !IsTold(subject, told))));
        var planned = draft.Finish();
        pages.AddRange(Pager.ForHeld(planned));
        return new(incident.Id, planned, [.. pages.Distinct()])
        {
            Events = [.. incident.Case.Observations.Where(AnsweredEvents.TookEffect).Select(observation => observation.EventId)],
        };
    }

    // What was only named is not in the table, and a principal that acted is not told for what was done to it.
    private static bool IsTold(Subject subject, HashSet<ResourceRef> told) =>
        subject.Relation is LineageRelation.Created or LineageRelation.Altered && told.Contains(subject.Resource);
}
