using System.Globalization;
using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores;

/// <summary>
/// Incidents in the table: one sealed item a root actor, so that a condition on it keeps a second from being opened, and one that lists it by id. The latter
/// only points, and what it points at says itself which incident it is.
/// </summary>
internal sealed class DynamoIncidents(StoreTable table)
{
    private const string All = "incidents";
    private const string Braked = "braked";
    private const string Sort = "incident";
    private const int MostAttempts = 20;

    // What was set is taken back by a number that is no time.
    private const long Never = -1;

    /// <summary>The incident of a root actor that is believed. One that cannot be verified counts as none: it must not silence triage.</summary>
    public async Task<IncidentRecord?> LatestOfAsync(string caseKey, CancellationToken cancellationToken) =>
        await ReadAsync(caseKey, cancellationToken) is { IsVerified: true } record ? record : null;

    /// <summary>Opens an incident as <see cref="IncidentRecord.Next"/> says. One that cannot be verified is put aside and another opened in its place.</summary>
    public async Task<IncidentOpening> OpenAsync(
        Incident incident, Func<IncidentRecord, CancellationToken, Task<AnsweredEvents>> answered, DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await table.FindSealedAsync(Of(incident.CaseKey), Sort, SealKind.Incident, cancellationToken);
            var latest = found is null ? null : Record(found);
            if (found is { Authenticity: Authenticity.Unchecked } && latest is { IsOpen: true } && Continues(latest, incident))
            {
                // Nobody can tell whether its response was really started. Starting it again starts nothing if it was.
                return new IncidentOpening(latest with { Started = null }, IsNew: false);
            }

            var known = latest is { IsOpen: false } ? await answered(latest, cancellationToken) : new AnsweredEvents([]);
            var next = found is null or { IsVerified: true } ? IncidentRecord.Next(latest, incident, known, now)
                : new IncidentRecord(incident with { Id = $"{incident.Id}-{SealedReads.Digest(found.Item)[..8]}" }, 1, now);
            if (next is null)
                return new IncidentOpening(latest!, IsNew: false);
            if (await PutAsync(next, found, cancellationToken))
                return new IncidentOpening(next, IsNew: true);
        }
    }

    /// <summary>Sets a time of a record, unless another round has begun. One that cannot be verified stays as it is: it must not be sealed with what it says.</summary>
    /// <returns>Whether it is set.</returns>
    public async Task<bool> MarkAsync(IncidentRecord record, string name, DateTimeOffset? time, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var found = await table.FindSealedAsync(Of(record.Incident.CaseKey), Sort, SealKind.Incident, cancellationToken);
            if (found is not { IsVerified: true } || Record(found) is not { } there || there.ResponseName != record.ResponseName)
                return false;
            var changes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal) { [name] = time is { } moment ? Moment(moment) : Number(Never) };
            if (await table.UpdateSealedAsync(found, changes, SealKind.Incident, cancellationToken) is not null)
                return true;
        }

        throw new InvalidOperationException($"Incident {record.Incident.Id} is changed again and again by others; that its response was {name} is not noted.");
    }

    /// <summary>An incident by its id, also one that cannot be verified, which says so.</summary>
    public async Task<IncidentRecord?> FindAsync(string incident, CancellationToken cancellationToken) =>
        await table.FindAsync(All, incident, cancellationToken) is { } entry
        && entry.GetValueOrDefault("root")?.S is { } root
        && await ReadAsync(root, cancellationToken) is { } record
        && record.Incident.Id == incident
            ? record
            : null;

    public async Task<IReadOnlyList<IncidentRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var records = new List<IncidentRecord>();
        foreach (var entry in await table.QueryAsync(All, "inc", cancellationToken))
        {
            if (entry.GetValueOrDefault("root")?.S is { } root && await ReadAsync(root, cancellationToken) is { } record
                && record.Incident.Id == entry[StoreTable.Sort].S)
                records.Add(record);
        }

        return [.. records.OrderByDescending(record => record.Incident.Opened)];
    }

    /// <summary>The incidents of which it is listed that they are braked.</summary>
    public async Task<IReadOnlyList<IncidentRecord>> BrakedAsync(CancellationToken cancellationToken)
    {
        var records = new List<IncidentRecord>();
        foreach (var entry in await table.QueryAsync(Braked, "inc", cancellationToken))
        {
            if (entry.GetValueOrDefault("root")?.S is { } root && await ReadAsync(root, cancellationToken) is { } record
                && record.Incident.Id == entry[StoreTable.Sort].S)
                records.Add(record);
        }

        return records;
    }

    /// <summary>Takes an incident off that list.</summary>
    public Task ForgetBrakeAsync(string incident, CancellationToken cancellationToken) =>
        table.Dynamo.DeleteItemAsync(new DeleteItemRequest { TableName = table.Name, Key = StoreTable.Key(Braked, incident) }, cancellationToken);

    // Its id is made of its first signal's time, and so is that of the case as it is judged now.
    private static bool Continues(IncidentRecord there, Incident incident) => there.Incident.Opened <= incident.Opened;

    private async Task<IncidentRecord?> ReadAsync(string caseKey, CancellationToken cancellationToken) =>
        await table.FindSealedAsync(Of(caseKey), Sort, SealKind.Incident, cancellationToken) is { } found
        && Record(found) is { } record && record.Incident.CaseKey == caseKey
            ? record
            : null;

    private async Task<bool> PutAsync(IncidentRecord record, SealedItem? instead, CancellationToken cancellationToken)
    {
        // Listed first: an entry without its incident does no harm, an incident that nobody finds does.
        var entry = StoreTable.Key(All, record.Incident.Id);
        entry["root"] = new(record.Incident.CaseKey);
        await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = entry }, cancellationToken);
        if (record.Incident.Brake is not null)
        {
            var braked = StoreTable.Key(Braked, record.Incident.Id);
            braked["root"] = new(record.Incident.CaseKey);
            await table.Dynamo.PutItemAsync(new PutItemRequest { TableName = table.Name, Item = braked }, cancellationToken);
        }

        return await table.PutSealedAsync(Item(record), SealKind.Incident, instead, cancellationToken);
    }

    private static string Of(string caseKey) => "case#" + caseKey;

    private static Dictionary<string, AttributeValue> Item(IncidentRecord record)
    {
        var item = StoreTable.Key(Of(record.Incident.CaseKey), Sort);
        var body = JsonSerializer.SerializeToUtf8Bytes(record.WithoutCase().Incident, CaseJson.Default.Incident);
        item["body"] = new() { B = new MemoryStream(Packed.Pack(body), writable: false) };
        item["round"] = Number(record.Round);
        item["opened"] = Moment(record.Opened);
        if (record.PreviousEnded is { } previous)
            item["previous"] = Moment(previous);
        return item;
    }

    /// <summary>What an item says; null when it is none of ours.</summary>
    private static IncidentRecord? Record(SealedItem found)
    {
        var item = found.Item;
        if (!StoredItems.TryRead(item.GetValueOrDefault("body")?.B, out Incident? incident)
            || !int.TryParse(item.GetValueOrDefault("round")?.N, CultureInfo.InvariantCulture, out var round) || Time(item, "opened") is not { } opened)
            return null;
        return new IncidentRecord(incident, round, opened, Time(item, "started"), Time(item, "ended"))
        {
            IsVerified = found.IsVerified,
            PreviousEnded = Time(item, "previous"),
        };
    }

    private static AttributeValue Number(long number) => new() { N = number.ToString(CultureInfo.InvariantCulture) };

    private static AttributeValue Moment(DateTimeOffset time) => Number(time.UtcTicks);

    private static DateTimeOffset? Time(Dictionary<string, AttributeValue> item, string name) =>
        long.TryParse(item.GetValueOrDefault(name)?.N, CultureInfo.InvariantCulture, out var ticks) && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero)
            : null;
}
