using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Resources;

namespace ResponseKit.Response;

/// <summary>What an incident tells the actions of their targets: what they need for proof, and how far to go.</summary>
internal sealed class SubjectFacts(Incident incident, ImmutableArray<LineageEntry> lineage, PlanRound round)
{
    private readonly ILookup<ResourceRef, LineageEntry> made = lineage.Where(entry => entry.Relation == LineageRelation.Created).ToLookup(entry => entry.Resource);
    // The latest id of each: who deletes what they made and makes it anew has it still.
    private readonly Dictionary<string, string> ids = IdsOf(incident.Case);

    private readonly string by = Fitting(
        incident.Case.Actors.Append(incident.Root).Select(ArnOf).OfType<string>().Distinct(StringComparer.Ordinal), AuthorshipOptions.By, texts => string.Join(' ', texts));

    private readonly string groups = Fitting(
        lineage.Where(entry => entry.Relation == LineageRelation.Created && entry.Resource.Kind == ResourceKind.AutoScalingGroup).Select(entry => entry.Resource.Name)
            .Distinct(StringComparer.Ordinal),
        AuthorshipOptions.Groups, texts => new JsonArray([.. texts.Select(text => (JsonNode?)text)]).ToJsonString());

    /// <summary>The group that a detached instance was taken out of.</summary>
    public static ResourceRef GroupOf(LineageEntry detached) => detached.Resource with { Kind = ResourceKind.AutoScalingGroup, Name = detached.Group ?? "" };

    /// <summary>What is told of something in the lineage.</summary>
    public ImmutableSortedDictionary<string, string> OptionsFor(LineageEntry entry)
    {
        var options = OptionsFor(entry.Resource, entry.Relation == LineageRelation.Created);
        // Of an instance that was detached, the proof begins with the group: it launched the instance.
        return entry.Relation == LineageRelation.Detached
            ? options.SetItem(AuthorshipOptions.Since.Name, Minute(made[GroupOf(entry)].First().Time))
                .SetItem(AuthorshipOptions.Groups.Name, new JsonArray(JsonValue.Create(entry.Group)).ToJsonString())
            : options;
    }

    /// <summary>What is told of a resource.</summary>
    public ImmutableSortedDictionary<string, string> OptionsFor(ResourceRef resource, bool isCreated)
    {
        var options = ImmutableSortedDictionary<string, string>.Empty
            .Add(AuthorshipOptions.Begins.Name, Authorship.Text(incident.Opened - Incident.Lead))
            .Add(AuthorshipOptions.By.Name, by);
        if (isCreated && (resource.Kind == ResourceKind.LoginProfile ? LastMade(resource) : made[resource].FirstOrDefault()) is { } record)
        {
            // Instances go in batches of one launch minute: nobody can replay the client token of another's launch within the minute of it.
            options = options.Add(
                AuthorshipOptions.Since.Name, resource.Kind == ResourceKind.Instance ? Minute(record.Time) : Authorship.Text(record.Time));
        }
        else
        {
            options = options.Add(AuthorshipOptions.Groups.Name, groups);
        }

        if (!Subjects.IsPrincipal(resource.Kind))
            return options;
        if (ids.TryGetValue(resource.ToArn(), out var id))
            options = options.Add(AuthorshipOptions.UniqueId.Name, id);
        if (resource.Kind == ResourceKind.IamUser)
            return LatestKey(resource) is { } key ? options.Add("accessKeyId", key) : options;
        var acted = LastAct(resource);
        if ((acted > round.Opened ? acted : round.Opened ?? acted) is { } since)
            options = options.Add(AuthorshipOptions.Acted.Name, Authorship.Text(since));
        // Nobody but the attacker uses a role that they made; of any other only the sessions so far are taken away. Unless whoever it is has got new ones twice.
        if (isCreated || (round.Number > 2 && acted > round.PreviousEnded))
            options = options.Add("denyAll", "true");
        return options;
    }

    // Whoever deletes a password and makes it anew has made the one that stands last.
    private LineageEntry? LastMade(ResourceRef resource) => incident.Case.Observations.SelectMany(observation => observation.Lineage)
        .Where(entry => entry.Relation == LineageRelation.Created && entry.Resource.Equals(resource)).MaxBy(entry => entry.Time);

    private static Dictionary<string, string> IdsOf(CaseFile file)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var observation in file.Observations)
        {
            if (observation.PrincipalId is { } own)
                found[observation.Actor.Key] = own;
            foreach (var entry in observation.Lineage.Where(entry => entry is { Relation: LineageRelation.Created, UniqueId: not null }))
                found[entry.Resource.ToArn()] = entry.UniqueId!;
        }

        return found;
    }

    // What was refused shows no session that works: our own restraints refuse.
    private DateTimeOffset? LastAct(ResourceRef role) => incident.Case.Observations
        .LastOrDefault(observation => observation.Actor.Key == role.ToArn() && AnsweredEvents.TookEffect(observation))?.Time;

    // As many as an option holds; what the rest made is then held for a person, not destroyed.
    private static string Fitting(IEnumerable<string> texts, ActionOption option, Func<IReadOnlyList<string>, string> write)
    {
        var kept = new List<string>();
        foreach (var text in texts)
        {
            if (write([.. kept, text]).Length > option.MaxLength)
                break;
            kept.Add(text);
        }

        return write(kept);
    }

    private static string Minute(DateTimeOffset time) => Authorship.Text(new DateTimeOffset(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero));

    private static string? ArnOf(Actor actor) => actor is Actor.Root ? actor.Key : ActorResource.Of(actor)?.ToArn();

    // The key of a session (ASIA…) cannot be deactivated.
    private string? LatestKey(ResourceRef user) => incident.Case.Observations
        .LastOrDefault(observation =>
            observation.Actor.Key == user.ToArn() && observation.AccessKeyId?.StartsWith("AKIA", StringComparison.Ordinal) == true)
        ?.AccessKeyId;
}
