using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Blame;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// What was done and who acts for whom, in the table, under the actor, under the access key and under the session that made the call: slots of five minutes,
/// whose size is bounded however much is done; one item for each act by which something was made or opened; links and children.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="time">The clock by which they are forgotten.</param>
/// <param name="horizon">How long after its making a child's deed can be its maker's.</param>
internal sealed class DynamoObservations(StoreTable table, TimeProvider time, TimeSpan horizon) : ICaseGraph
{
    // One that is made so often is nobody's making any more.
    private const int MaxLinks = 50;

    // Two triages that write the same slot wait for each other; each that waits has let another through.
    private const int MostAttempts = 60;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>
    /// Adds the observation and its links, to the actor's own slot last: when it is there, all of it is. Adding it again changes nothing, so that a crash between
    /// any two writes is mended by the event's next delivery.
    /// </summary>
    public async Task<AddedObservation> AddAsync(Observation observation, CancellationToken cancellationToken)
    {
        foreach (var link in observation.Links)
            await table.PutSealedAsync(LinkItem(link, observation.EventId), SealKind.Link, instead: null, cancellationToken);
        var nodes = CaseLoader.NodesOf(observation).ToList();
        if (IsMaking(observation))
        {
            var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(observation, CaseJson.Default.Observation));
            foreach (var node in nodes)
                await table.PutSealedAsync(Item(node, Place(observation), body), SealKind.Observation, instead: null, cancellationToken);
        }

        var added = default(AddedObservation);
        foreach (var node in nodes.Skip(1).Append(nodes[0]))
            added = await AddToSlotAsync(node, observation, cancellationToken);
        await ListChildrenAsync(observation, cancellationToken);
        return added;
    }

    public async Task<IReadOnlyList<CaseLink>> LinksOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestSealedAsync(Of(node), "link#" + Moment(since), "link#~", MaxLinks, SealKind.Link, cancellationToken))
            .Select(item => Packed.Read(item["body"].B, CaseJson.Default.CaseLink)),
    ];

    public async Task<IReadOnlyList<ActingChild>> ChildrenOfAsync(string node, DateTimeOffset since, int atMost, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestSealedAsync(Of(node), "child#" + Moment(since), "child#~", atMost, SealKind.Link, cancellationToken))
            .Select(item => new ActingChild(item["child"].S, WeightOf(item))),
    ];

    public Task<bool> HasActedAsync(string node, CancellationToken cancellationToken) => table.AnyAsync(Of(node), "slot#", cancellationToken);

    public async Task<IReadOnlyList<Observation>> ObservationsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestSealedAsync(Of(node), SlotPlace(since), "slot#~", int.MaxValue, SealKind.Observation, cancellationToken))
            .SelectMany(item => StoredObservation.ReadSlot(item["body"].B).Kept)
            .Where(observation => observation.Time >= since),
    ];

    public async Task<IReadOnlyList<Observation>> MakingsOfAsync(string node, DateTimeOffset since, CancellationToken cancellationToken) =>
    [
        .. (await table.LatestSealedAsync(Of(node), MakingPlace(since), "made#~", CaseFile.MaxObservations, SealKind.Observation, cancellationToken))
            .Select(item => StoredObservation.Read(item["body"].B)),
    ];

    private static bool IsMaking(Observation observation) => observation.HasEffect;

    private async Task<AddedObservation> AddToSlotAsync(string node, Observation observation, CancellationToken cancellationToken)
    {
        var place = SlotPlace(observation.Time);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var found = await table.FindSealedAsync(Of(node), place, SealKind.Observation, cancellationToken);
            var slot = found is { IsSuspect: false } && Packed.TryRead(found.Item.GetValueOrDefault("body")?.B, StoredObservation.ToSlot, out var content) ? Slot.Of(content) : new Slot();
            var wasThinned = slot.IsThinned;
            if (!slot.Add(observation))
                return new(IsNew: false, BeginsToThin: false);
            var body = Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(slot.ToContent(), CaseJson.Default.SlotContent));
            if (await table.PutSealedAsync(Item(node, place, body), SealKind.Observation, found, cancellationToken))
                return new(IsNew: true, slot.IsThinned && !wasThinned);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 10 * Math.Min(attempt + 1, 10))), time, cancellationToken);
        }

        throw new InvalidOperationException($"What {node} did within five minutes is changed again and again by others; event {observation.EventId} is not kept. It must be delivered again.");
    }

    /// <summary>
    /// Lists under its parent a child that has acted, and no other: whoever opens sessions by the thousand would make his case too long to read. The
    /// observation is put before the link is looked for, and the link before the observations are, so that of two at the same time one sees the other.
    /// </summary>
    private async Task ListChildrenAsync(Observation observation, CancellationToken cancellationToken)
    {
        foreach (var node in CaseLoader.NodesOf(observation))
        {
            foreach (var link in await LinksOfAsync(node, observation.Time - horizon, cancellationToken))
                await ListUpwardsAsync(link, observation, cancellationToken);
        }

        foreach (var link in observation.Links)
        {
            if (await HasActedAsync(link.Child, cancellationToken) || await table.AnyAsync(Of(link.Child), "child#", cancellationToken))
                await ListUpwardsAsync(link, observation: null, cancellationToken);
        }
    }

    // Who was given another name acts under that: whoever made them is to find what is done under it.
    private async Task ListUpwardsAsync(CaseLink link, Observation? observation, CancellationToken cancellationToken)
    {
        var weight = observation is null ? 0 : ActingChild.WeightOf(observation);
        for (var (next, left) = (new List<CaseLink> { link }, CaseTrees.MaxLinks); next.Count > 0 && left > 0; left--)
        {
            var renamed = new List<CaseLink>();
            foreach (var each in next)
            {
                await ListAsync(each, weight, cancellationToken);
                if (each.Kind == LinkKind.Renamed)
                    renamed.AddRange(await LinksOfAsync(each.Parent, each.Time - horizon, cancellationToken));
            }

            next = renamed;
        }
    }

    private async Task ListAsync(CaseLink link, int weight, CancellationToken cancellationToken)
    {
        foreach (var parent in new[] { link.Parent, link.Via, link.ViaSession }.OfType<string>())
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                var item = ChildItem(parent, link, weight);
                var found = await table.FindSealedAsync(Of(parent), item[StoreTable.Sort].S, SealKind.Link, cancellationToken);
                if ((found is { IsSuspect: false } && WeightOf(found.Item) >= weight) || await table.PutSealedAsync(item, SealKind.Link, found, cancellationToken))
                    break;
            }
        }
    }

    private static int WeightOf(Dictionary<string, AttributeValue> item) => int.TryParse(item.GetValueOrDefault("weight")?.N, CultureInfo.InvariantCulture, out var weight) ? weight : 0;

    private static string Of(string node) => "case#" + node;

    private static string Place(Observation observation) => $"{MakingPlace(observation.Time)}#{observation.EventId}";

    private static string MakingPlace(DateTimeOffset time) => "made#" + Moment(time);

    private static string SlotPlace(DateTimeOffset time) => "slot#" + Moment(Slot.StartOf(time));

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private Dictionary<string, AttributeValue> ChildItem(string parent, CaseLink link, int weight)
    {
        var item = Item(parent, $"child#{Moment(link.Time)}#{link.Child}");
        item["child"] = new(link.Child);
        item["weight"] = new() { N = weight.ToString(CultureInfo.InvariantCulture) };
        return item;
    }

    private Dictionary<string, AttributeValue> LinkItem(CaseLink link, string eventId) => Item(
        link.Child, $"link#{Moment(link.Time)}#{eventId}", Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(link, CaseJson.Default.CaseLink)));

    private Dictionary<string, AttributeValue> Item(string node, string sort, byte[]? body = null)
    {
        var item = StoreTable.Key(Of(node), sort);
        item[StoreTable.Expires] = new() { N = (time.GetUtcNow() + Kept).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        if (body is not null)
            item["body"] = new() { B = new MemoryStream(body, writable: false) };
        return item;
    }
}
