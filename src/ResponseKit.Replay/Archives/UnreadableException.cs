namespace ResponseKit.Replay.Archives;

/// <summary>A file cannot be read on for a reason that its reader knows.</summary>
/// <param name="reason">The reason, without a full stop.</param>
internal sealed class UnreadableException(string reason) : IOException(reason);
