using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>
/// A step of the response, in which every action of the stage may run at the same time. The list is the only statement of
/// the order: the state machine and the command line are both made from it.
/// </summary>
/// <param name="Id">Name in reports.</param>
/// <param name="Title">What it is for.</param>
/// <param name="NistPhase">Its place in NIST SP 800-61.</param>
/// <param name="Wave">Stages of one wave run at the same time; waves run one after the other.</param>
[JsonConverter(typeof(ResponseStageConverter))]
public sealed record ResponseStage(string Id, string Title, string NistPhase, int Wave)
{
    /// <summary>Take the identity away. Nothing else matters while the actor can still act.</summary>
    public static readonly ResponseStage ContainIdentity = new("contain-identity", "Contain the identity", "Containment", 1);

    /// <summary>Stop what makes more compute, at the same time: producers run on without their maker, under service-linked roles.</summary>
    public static readonly ResponseStage StopSpend = new("stop-spend", "Stop producers", "Containment", 1);

    /// <summary>Take back what was done to slow responders down.</summary>
    public static readonly ResponseStage ReverseObstruction = new("reverse-obstruction", "Reverse obstruction", "Containment", 2);

    /// <summary>Remove what is left running.</summary>
    public static readonly ResponseStage Eradicate = new("eradicate", "Eradicate", "Eradication", 3);

    /// <summary>All stages in order.</summary>
    public static readonly ImmutableArray<ResponseStage> All = [ContainIdentity, StopSpend, ReverseObstruction, Eradicate];

    /// <summary>The numbers of the waves in order.</summary>
    public static readonly ImmutableArray<int> Waves = [.. All.Select(stage => stage.Wave).Distinct().Order()];
}
