namespace ResponseKit.Functions.Hosting;

/// <summary>
/// A function's time ran out. It is thrown, and not answered, so that who invoked the function tries again: Lambda, which keeps an event that was not handled; the state machine,
/// whose steps answer the same when they are asked twice; or the person.
/// </summary>
/// <param name="function">The function's id.</param>
/// <param name="given">The time that it had.</param>
/// <param name="error">What was broken off.</param>
internal sealed class OutOfTimeException(string function, TimeSpan given, Exception error) : Exception(Text(function, given), error)
{
    private static string Text(string function, TimeSpan given) =>
        $"The time of {given.TotalSeconds:0.#} seconds ran out within a call to AWS, which answered too slowly or not at all. " + function switch
        {
            FunctionSettings.Triage => "The event was not judged; what was noted of it stands. Lambda delivers it again, and noting it twice is noting it once.",
            FunctionSettings.Plan => "Nothing was changed in AWS. The step is asked for again, and answers the same for the same pass.",
            FunctionSettings.Look => "Nothing was changed in AWS; how far it looked is lost. The step is asked for again.",
            FunctionSettings.Report => "What was done in AWS stands and has its receipts. The report may not have been kept, and people may not have been told; the step is asked for again.",
            FunctionSettings.Approval => "The answer may or may not have been kept: look with 'responsekit show', and give the same answer again. Answering twice is answering once.",
            _ => "What was done is in the stored receipt. Send the same request again to go on.",
        };
}
