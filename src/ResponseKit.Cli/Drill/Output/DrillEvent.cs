namespace ResponseKit.Cli.Drill.Output;

/// <summary>Something that happened in a drill.</summary>
/// <param name="At">Since the attack began.</param>
/// <param name="Side">Whose step it was.</param>
/// <param name="Text">What happened, in one line.</param>
internal sealed record DrillEvent(TimeSpan At, Side Side, string Text);

/// <summary>The parties of a drill.</summary>
internal enum Side
{
    Drill,
    Attacker,
    Responder,
}
