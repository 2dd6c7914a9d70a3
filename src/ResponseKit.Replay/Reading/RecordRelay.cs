using ResponseKit.Replay.Scanning;


namespace ResponseKit.Replay.Reading;

/// <summary>Hands the records of one file over that may matter, and counts the others.</summary>
internal sealed class RecordRelay(RecordFilter filter, IRecordSink sink, string file) : IRecordReceiver
{
    public long Candidates { get; private set; }

    /// <summary>Objects that stand by themselves and are no records.</summary>
    public long Others { get; private set; }

    /// <summary>Whether one of these is a digest (CloudTrail User Guide, "CloudTrail digest file structure").</summary>
    public bool HasDigest { get; private set; }

    public void Receive(in FoundRecord found)
    {
        switch (filter.Judge(found))
        {
            case RecordInterest.Possible:
                Candidates++;
                sink.Accept(found.Json, new RecordPlace(file, found.Index));
                break;
            case RecordInterest.NoRecord:
                Others++;
                HasDigest |= found.Json.IndexOf("\"digestStartTime\""u8) >= 0;
                break;
            default:
                break;
        }
    }
}
