using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>
/// How one step of an action ended. One of <see cref="Planned"/>, <see cref="Applied"/>, <see cref="AlreadyInPlace"/>, <see cref="Skipped"/>,
/// <see cref="NeedsApproval"/>, <see cref="NotFound"/>, <see cref="Failed"/>, <see cref="NotReached"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Planned), "planned")]
[JsonDerivedType(typeof(Applied), "applied")]
[JsonDerivedType(typeof(AlreadyInPlace), "already-in-place")]
[JsonDerivedType(typeof(Skipped), "skipped")]
[JsonDerivedType(typeof(NeedsApproval), "needs-approval")]
[JsonDerivedType(typeof(NotFound), "not-found")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(NotReached), "not-reached")]
public abstract record StepOutcome
{
    private StepOutcome()
    {
    }

    /// <summary>Applying would make this call.</summary>
    public sealed record Planned : StepOutcome;

    /// <summary>The call was made and took effect.</summary>
    /// <param name="RequestId">AWS's id of the request, to be found in CloudTrail.</param>
    public sealed record Applied(string? RequestId) : StepOutcome;

    /// <summary>Nothing to do: the state wanted is the state there is.</summary>
    public sealed record AlreadyInPlace : StepOutcome;

    /// <summary>Deliberately not done.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Skipped(string Reason) : StepOutcome;

    /// <summary>A person must say yes first.</summary>
    /// <param name="Reason">What a person should weigh.</param>
    public sealed record NeedsApproval(string Reason) : StepOutcome;

    /// <summary>What it would act on is not there, and this action did not take it away: deleted, renamed, or named wrongly.</summary>
    /// <param name="Detail">What was looked for, where, and what to check.</param>
    public sealed record NotFound(string Detail) : StepOutcome;

    /// <summary>AWS refused or failed; nothing was changed by this step unless <see cref="MayHaveTakenEffect"/> says so.</summary>
    /// <param name="Code">AWS's error code.</param>
    /// <param name="Message">AWS's message.</param>
    public sealed record Failed(string Code, string Message) : StepOutcome
    {
        /// <summary>Whether nobody knows if the call took effect: no answer came to it, or to an attempt before, or AWS answered with an error of its own.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool MayHaveTakenEffect { get; init; }
    }

    /// <summary>Time ran out before this step; asking again goes on from here.</summary>
    public sealed record NotReached : StepOutcome
    {
        /// <summary>Whether the call was about to be made when this was written: where the process ended then, nobody knows whether it was.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool IsAnnounced { get; init; }
    }

    /// <summary>Whether the call took effect, or may have. Undoing looks at what is there, and leaves what never happened as it is. No part of its JSON.</summary>
    [JsonIgnore]
    public bool MayHaveChanged => this is Applied or Failed { MayHaveTakenEffect: true } or NotReached { IsAnnounced: true };
}
