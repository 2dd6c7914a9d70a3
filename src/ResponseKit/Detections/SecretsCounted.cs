namespace ResponseKit.Detections;

/// <summary>How detections of read secrets tell the pattern that adds them up how many one call has read.</summary>
internal static class SecretsCounted
{
    /// <summary>The fact that holds the number.</summary>
    public const string Fact = "secrets";
}
