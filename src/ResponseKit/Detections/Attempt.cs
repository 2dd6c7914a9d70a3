using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>
/// What a call weighs by how it ended. Zero means that such an end says nothing. Only a call that took effect may weigh in full:
/// a refused one shows intent, but also every misconfigured deployment.
/// </summary>
/// <param name="Success">Weight when it took effect.</param>
/// <param name="DryRun">Weight of a dry run that would have been allowed.</param>
/// <param name="Denied">Weight when the caller was not allowed to.</param>
/// <param name="Failed">Weight when it failed for another reason.</param>
internal sealed record Attempt(int Success, int DryRun = 0, int Denied = 0, int Failed = 0)
{
    /// <summary>The same shares for every detection of costly or lasting things: refused and tried-out calls weigh a third of the success.</summary>
    public static Attempt Third(int success) => new(success, success / 3, success / 3, success / 4);

    /// <summary>The finding for a call, or null where its end weighs nothing.</summary>
    /// <param name="record">The call.</param>
    /// <param name="did">The verb for a success, past tense: "created".</param>
    /// <param name="todo">The same verb's base form: "create".</param>
    /// <param name="what">The object of the sentence; parts from the record must be <see cref="Plain"/>.</param>
    public Finding? Finding(CloudTrailRecord record, string did, string todo, string what) => record.Outcome switch
    {
        CallOutcome.Succeeded => Of(Success, $"{did} {what}"),
        CallOutcome.DryRun => Of(DryRun, $"tried with a dry run to {todo} {what}"),
        CallOutcome.Denied => Of(Denied, $"tried to {todo} {what} and was refused"),
        CallOutcome.Failed(var code) => Of(Failed, $"tried to {todo} {what}, which failed with {Plain.Name(code)}"),
        _ => null,
    };

    private static Finding? Of(int weight, string explanation) => weight > 0 ? new Finding(weight, explanation) : null;
}
