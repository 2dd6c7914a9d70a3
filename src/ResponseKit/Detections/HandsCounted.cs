namespace ResponseKit.Detections;

/// <summary>How detections of commands on servers tell the pattern that adds them up how many servers one call has reached.</summary>
internal static class HandsCounted
{
    /// <summary>The fact that holds the number.</summary>
    public const string Fact = "servers";
}
