using System.Text.Json;
using ResponseKit.Replay.Archives;
using ResponseKit.Replay.Contents;
using ResponseKit.Replay.Scanning;
using ResponseKit.Replay.Unwrapping;

namespace ResponseKit.Replay.Reading;

/// <summary>Hands the records of one file over that may matter, counts the others, and looks for records inside of what is none.</summary>
internal sealed class RecordRelay : IRecordReceiver, IUnwrapped
{
    /// <summary>How many texts may lie in one another: a message of SQS that holds one of SNS that holds a subscription's compressed text that holds log events.</summary>
    private const int MostLayers = 8;

    private readonly RecordFilter filter;
    private readonly IRecordSink sink;
    private readonly string file;
    private readonly RecordUnwrapper unwrapper;
    // Of the object that is being unwrapped: it may hold its record several times, as it was and in parts.
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private int layer;
    private int depth;
    private long index;
    // Whether the file's first object is a record by itself, not one that wraps records.
    private bool isBare;
    // What was understood of it, records that were there already included.
    private long understood;

    public RecordRelay(RecordFilter filter, IRecordSink sink, string file, Expansion expansion)
    {
        (this.filter, this.sink, this.file) = (filter, sink, file);
        unwrapper = new(expansion, this);
    }

    public long Candidates { get; private set; }

    /// <summary>Records that were found, of which only <see cref="Candidates"/> were handed over.</summary>
    public long Records { get; private set; }

    /// <summary>Objects, and texts or rows in their place, that are no records and hold none.</summary>
    public long Others { get; private set; }

    /// <summary>What the first of them is.</summary>
    public string FirstOther { get; private set; } = "";

    /// <summary>Texts inside of objects that should hold records and are damaged, cut off, or nested too deep.</summary>
    public long BrokenTexts { get; private set; }

    /// <summary>Whether one of the objects is a digest (CloudTrail User Guide, "CloudTrail digest file structure").</summary>
    public bool HasDigest { get; private set; }

    public void Receive(in FoundRecord found)
    {
        if (depth == 0)
            index = found.Index;
        var interest = filter.Judge(found);
        // The first of a file is looked at: its name alone does not make it a record. Where that is one, those beside it are; where it held one, they hold theirs.
        if (interest == RecordInterest.None && ((depth == 0 && isBare && found.Json[0] == '{') || RecordShape.IsRecord(found.Json)))
        {
            isBare |= depth == 0 && Records == 0;
            Count(found);
        }
        else if (interest == RecordInterest.Possible && RecordShape.IsRecord(found.Json))
        {
            isBare |= depth == 0 && Records == 0;
            HandOver(found);
        }
        else
        {
            Unwrap(found.Json);
        }
    }

    /// <summary>Takes a row of a table.</summary>
    public void Row(IReadOnlyList<(string Name, string Cell)> row, long place)
    {
        index = place;
        var before = Begin();
        unwrapper.Row(row);
        if (IsNothing(before))
            AddOther("rows without a record");
    }

    /// <summary>Takes text that stands where records do.</summary>
    public void String(ReadOnlySpan<byte> text, long place)
    {
        index = place;
        var before = Begin();
        ((IUnwrapped)this).Text(text);
        if (IsNothing(before))
            AddOther("texts without a record");
    }

    void IUnwrapped.Record(ReadOnlySpan<byte> json)
    {
        var found = new FoundRecord { Json = json, Index = index, MayHaveEscapes = true, IsInLog = false };
        if (filter.Judge(found) == RecordInterest.Possible)
            HandOver(found);
        else
            Count(found);
    }

    void IUnwrapped.Text(ReadOnlySpan<byte> text)
    {
        if (layer == MostLayers)
        {
            BrokenTexts++;
            understood++;
            return;
        }

        layer++;
        using var reading = TextReading.Of(Content.Of(text[..Math.Min(text.Length, PeekedText.MostPeeked)]), this);
        reading.Read(text);
        reading.End();
        layer--;
        // Any text may hold braces; what was to be a record and is cut off is told.
        if (reading.Problem is not null && text.IndexOf("\"eventName\""u8) >= 0)
            ((IUnwrapped)this).Broken();
    }

    void IUnwrapped.Header() => understood++;

    void IUnwrapped.Broken()
    {
        BrokenTexts++;
        understood++;
    }

    private void Unwrap(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\"digestStartTime\""u8) >= 0)
        {
            HasDigest = true;
            return;
        }

        var before = Begin();
        unwrapper.Unwrap(json);
        if (IsNothing(before) && !IsNoContent(json))
            AddOther(Others == 0 ? ForeignObjects.Describe(json) : "");
    }

    private long Begin()
    {
        if (depth++ == 0)
            ids.Clear();
        return understood;
    }

    private bool IsNothing(long before)
    {
        depth--;
        return depth == 0 && understood == before;
    }

    private void HandOver(in FoundRecord found)
    {
        understood++;
        if (!IsNew(found.Json))
            return;
        Records++;
        Candidates++;
        sink.Accept(found.Json, new RecordPlace(file, index));
    }

    private void Count(in FoundRecord found)
    {
        understood++;
        if (IsNew(found.Json))
            Records++;
    }

    private bool IsNew(ReadOnlySpan<byte> json) => depth == 0 || EventId(json) is not { } id || ids.Add(id);

    // By the record's own member: a caller may write a member of that name into a request, which stands before it.
    private static string? EventId(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isId = reader.ValueTextEquals("eventID"u8);
                reader.Read();
                if (isId)
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Whoever parses it says what is wrong.
        }

        return null;
    }

    private void AddOther(string what)
    {
        if (Others++ == 0)
            FirstOther = what;
    }

    // What comes with exports and subscriptions, and stands for nothing that was left out: a line before each document for Elastic's bulk interface, a message that only tries
    // whether a subscription works, the last line of Splunk's.
    private static bool IsNoContent(ReadOnlySpan<byte> json) =>
        json.StartsWith("{\"index\":{"u8) || json.StartsWith("{\"create\":{"u8) || json.IndexOf("CWL CONTROL MESSAGE"u8) >= 0 || json.SequenceEqual("{}"u8);
}
