using ResponseKit.Records;

namespace ResponseKit.Detections.CloudTrail;

/// <summary>
/// Which management events a trail keeps after PutEventSelectors. Source: CloudTrail API Reference, "EventSelector" and
/// "AdvancedFieldSelector".
/// </summary>
internal enum EventSelection
{
    /// <summary>Neither reads nor writes: the trail is blind for what this kit and most alarms watch.</summary>
    None,

    /// <summary>Reads only: what an intruder changes is not seen.</summary>
    ReadsOnly,

    /// <summary>Writes only: looking around is not seen.</summary>
    WritesOnly,

    /// <summary>All.</summary>
    All,
}

/// <summary>Reads an <see cref="EventSelection"/> from requests.</summary>
internal static class EventSelections
{
    /// <summary>What the request leaves, or null when it names no selectors.</summary>
    public static EventSelection? Of(Field request)
    {
        var basic = request["eventSelectors"].Items.Select(Basic).ToList();
        var advanced = request["advancedEventSelectors"].Items.Select(Advanced).ToList();
        return basic.Count + advanced.Count == 0 ? null : basic.Concat(advanced).Aggregate(EventSelection.None, Union);
    }

    // Left out, management events are included, and both kinds of them.
    private static EventSelection Basic(Field selector) => selector["includeManagementEvents"].Flag is false
        ? EventSelection.None
        : selector["readWriteType"].Text switch
        {
            "ReadOnly" => EventSelection.ReadsOnly,
            "WriteOnly" => EventSelection.WritesOnly,
            _ => EventSelection.All,
        };

    private static EventSelection Advanced(Field selector)
    {
        var fields = selector["fieldSelectors"].Items.ToList();
        if (!fields.Any(field => field["field"].Text == "eventCategory" && field["equals"].Items.Any(value => value.Text == "Management")))
            return EventSelection.None;
        return fields.FirstOrDefault(field => field["field"].Text == "readOnly")["equals"].Items.FirstOrDefault().Flag switch
        {
            true => EventSelection.ReadsOnly,
            false => EventSelection.WritesOnly,
            null => EventSelection.All,
        };
    }

    private static EventSelection Union(EventSelection one, EventSelection other) =>
        one == EventSelection.None ? other
        : other == EventSelection.None || one == other ? one
        : EventSelection.All;
}
