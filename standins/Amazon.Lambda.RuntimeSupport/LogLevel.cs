namespace Amazon.Lambda.RuntimeSupport;

/// <summary>How much a log line matters, least first.</summary>
internal enum LogLevel
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}
