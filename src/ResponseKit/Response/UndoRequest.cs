using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Response;

/// <summary>A valid request to give back what a response took.</summary>
/// <param name="Incident">The incident's id.</param>
/// <param name="Mode">What to do.</param>
/// <param name="By">Who says so; what AWS says of a proof counts instead.</param>
/// <param name="Reason">Why.</param>
public sealed record UndoRequest(string Incident, UndoMode Mode, string By, string Reason)
{
    /// <summary>Only receipts of these actions, or with these ids; all when it is empty.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    /// <summary>Whether also what the actor made is given back, such as users and keys: for a false alarm.</summary>
    public bool All { get; init; }

    /// <summary>What proves who asks; null when nothing does.</summary>
    public CallerProof? Proof { get; init; }

    /// <summary>Whether a receipt is asked for.</summary>
    public bool Wants(ActionReceipt receipt) => Only.IsEmpty || Only.Contains(receipt.Id) || Only.Contains(receipt.Action);
}

/// <summary>What came of reading a request. One of <see cref="Valid"/>, <see cref="Invalid"/>.</summary>
public abstract record UndoInput
{
    private UndoInput()
    {
    }

    /// <summary>It can be carried out.</summary>
    public sealed record Valid(UndoRequest Request) : UndoInput;

    /// <summary>It cannot be read.</summary>
    /// <param name="Errors">What is wrong with which field.</param>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : UndoInput;

    private const string AcceptsPayload = "an object such as {\"mode\":\"plan\",\"incident\":\"inc-…\",\"by\":\"alice\",\"reason\":\"…\"}";
    private const int MostOnly = 100;
    private static readonly Charset IncidentId = new(Charset.Alphanumeric + "-", 80);
    private static readonly Charset OnlyId = new(Charset.Alphanumeric + ".-", 200);
    private static readonly string[] Fields = ["mode", "incident", "by", "reason", "only", "all", "proof"];

    /// <summary>Reads UTF-8 text. Never throws, whatever it holds, and names every error at once.</summary>
    public static UndoInput Parse(ReadOnlyMemory<byte> json)
    {
        if (!JsonInput.TryRead(json.Span, out var element, out var problem))
            return new Invalid([new("(payload)", $"The payload cannot be read: {problem}.", AcceptsPayload)]);
        var payload = new Field(element);
        if (!payload.IsObject)
            return new Invalid([new("(payload)", "The payload is no JSON object.", AcceptsPayload)]);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        // A misspelt field must not pass for one that was left out.
        foreach (var (name, _) in payload.Members.Where(member => !Fields.Contains(member.Name)).Take(20))
            errors.Add(new(Printable.Of(name, 40), "There is no such field.", $"one of {string.Join(", ", Fields)}"));
        var request = new UndoRequest(
            ApprovalInputParser.Text(payload, "incident", "incident", IsIncident, "an incident's id, as notifications and 'responsekit list' show it", errors),
            ModeOf(payload, errors),
            ApprovalInputParser.Text(payload, "by", "by", text => ApprovalInputParser.IsLine(text, ApprovalInputParser.MaxBy), $"who asks, in 1 to {ApprovalInputParser.MaxBy} characters on one line", errors),
            ApprovalInputParser.Text(payload, "reason", "reason", text => ApprovalInputParser.IsLine(text, ApprovalInputParser.MaxReason), $"why, in 1 to {ApprovalInputParser.MaxReason} characters on one line", errors))
        {
            Only = OnlyOf(payload["only"], errors),
            All = payload["all"].IsPresent && (payload["all"].IsBoolean ? payload["all"].Flag == true : Wrong(payload["all"], errors)),
            Proof = payload["proof"].IsPresent ? ApprovalInputParser.Proof(payload["proof"], errors) : null,
        };
        if (request is { Mode: UndoMode.Dismiss, Only.IsEmpty: false })
            errors.Add(new("only", "An incident is a false alarm as a whole.", "nothing with mode dismiss"));
        return errors.Count > 0 ? new Invalid(errors.ToImmutable()) : new Valid(request);
    }

    // What a person was to fill in and did not.
    private static bool IsIncident(string text) => IncidentId.Fits(text) && !text.Contains("EDIT-ME", StringComparison.Ordinal);

    private static UndoMode ModeOf(Field payload, ImmutableArray<FieldError>.Builder errors) =>
        ApprovalInputParser.Text(payload, "mode", "mode", text => text is "plan" or "apply" or "dismiss", "plan, apply or dismiss", errors) switch
        {
            "apply" => UndoMode.Apply,
            "dismiss" => UndoMode.Dismiss,
            _ => UndoMode.Plan,
        };

    private static ImmutableArray<string> OnlyOf(Field only, ImmutableArray<FieldError>.Builder errors)
    {
        if (!only.IsPresent)
            return [];
        var texts = only.Items.Select(item => item.Text).Take(MostOnly + 1).ToList();
        if (texts.Count is 0 or > MostOnly || texts.Exists(text => text is null || !OnlyId.Fits(text)))
            errors.Add(new("only", $"'{Printable.Of(only.ToString(), 80)}' cannot stand here.", $"a list of 1 to {MostOnly} ids of receipts or actions"));
        return [.. texts.OfType<string>()];
    }

    private static bool Wrong(Field field, ImmutableArray<FieldError>.Builder errors)
    {
        errors.Add(new("all", $"It is {ActionRequestReader.Kind(field)}.", "true or false"));
        return false;
    }
}
