using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Text;

namespace ResponseKit.Response;

/// <summary>Reads the payload of the approval function. Never throws, whatever the payload holds, and names every error at once.</summary>
public static class ApprovalInputParser
{
    /// <summary>The most characters of a reason.</summary>
    public const int MaxReason = 500;

    /// <summary>The most characters of who decides.</summary>
    public const int MaxBy = 200;

    /// <summary>The most US dollars an hour that can be allowed.</summary>
    public const int MaxUsdPerHour = 1_000_000;

    /// <summary>The most days that something can be allowed for.</summary>
    public const int MaxDays = 365;

    private const string AcceptsPayload = "an object such as {\"decision\":\"approve\",\"incident\":\"inc-…\",\"by\":\"alice\",\"reason\":\"…\"}";
    private const string AcceptsDecision = "approve or reject";

    // Step Functions API Reference, "SendTaskSuccess": a token has at most 2,048 characters.
    private const int MaxToken = 2048;
    private static readonly Charset IncidentId = new(Charset.Alphanumeric + "-", 80);
    private static readonly string[] Fields = ["decision", "incident", "by", "reason", "proof", "remember"];

    /// <summary>Reads UTF-8 text.</summary>
    public static ApprovalInput Parse(ReadOnlyMemory<byte> json)
    {
        if (!JsonInput.TryRead(json.Span, out var element, out var problem))
            return new ApprovalInput.Invalid([new("(payload)", $"The payload cannot be read: {problem}.", AcceptsPayload)]);
        var payload = new Field(element);
        if (!payload.IsObject)
            return new ApprovalInput.Invalid([new("(payload)", "The payload is no JSON object.", AcceptsPayload)]);
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var input = payload["ask"].IsPresent ? Ask(payload["ask"], errors) : Decision(payload, errors);
        return errors.Count > 0 ? new ApprovalInput.Invalid(errors.ToImmutable()) : input;
    }

    private static ApprovalInput Ask(Field ask, ImmutableArray<FieldError>.Builder errors)
    {
        var incident = Text(ask, "ask.incident", "incident", IncidentId.Fits, "an incident's id", errors);
        var token = Text(ask, "ask.token", "token", text => text.Length is > 0 and <= MaxToken, "the task's token", errors);
        var round = ask["round"].Number;
        if (round is not (> 0 and < 1_000_000))
            errors.Add(new("ask.round", $"'{Printable.Of(ask["round"].ToString())}' cannot stand here.", "a number from 1"));
        return new ApprovalInput.Ask(incident, (int)(round ?? 0), token);
    }

    private static ApprovalInput Decision(Field payload, ImmutableArray<FieldError>.Builder errors)
    {
        // A misspelt field must not pass for one that was left out.
        foreach (var (name, _) in payload.Members.Where(member => !Fields.Contains(member.Name)).Take(20))
            errors.Add(new(Printable.Of(name, 40), "There is no such field.", $"one of {string.Join(", ", Fields)}"));
        foreach (var twice in payload.Members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(same => same.Count() > 1 && Fields.Contains(same.Key)))
            errors.Add(new(twice.Key, "It is there twice.", "each field once"));
        var decision = Text(payload, "decision", "decision", text => text is "approve" or "reject", AcceptsDecision, errors);
        var incident = Text(payload, "incident", "incident", IncidentId.Fits, "an incident's id, as notifications and 'responsekit list' show it", errors);
        var by = Text(payload, "by", "by", text => IsLine(text, MaxBy), $"who decides, in 1 to {MaxBy} characters on one line", errors);
        var reason = Text(payload, "reason", "reason", text => IsLine(text, MaxReason), $"why, in 1 to {MaxReason} characters on one line", errors);
        return new ApprovalInput.Decide(
            incident, decision == "approve", by, reason, payload["proof"].IsPresent ? Proof(payload["proof"], errors) : null,
            payload["remember"].IsPresent ? Remember(payload["remember"], decision, errors) : null);
    }

    private static Remembering? Remember(Field remember, string decision, ImmutableArray<FieldError>.Builder errors)
    {
        var (usd, days) = (remember["usdPerHour"].Number, remember["days"].Number);
        var isWhole = remember.IsObject && remember.Members.Count() == 2 && usd is >= 1 and <= MaxUsdPerHour && days is >= 1 and <= MaxDays;
        if (decision != "reject")
            errors.Add(new("remember", "It stands beside an approval.", "a rejection, which releases, and what is to be allowed then"));
        else if (!isWhole)
            errors.Add(new("remember", "It cannot stand here.", $"{{\"usdPerHour\":1 to {MaxUsdPerHour},\"days\":1 to {MaxDays}}}"));
        return isWhole ? new Remembering((int)usd!, (int)days!) : null;
    }

    // What is wrong with it is said without showing it.
    internal static CallerProof? Proof(Field proof, ImmutableArray<FieldError>.Builder errors)
    {
        var read = new CallerProof(proof["authorization"].Text ?? "", proof["date"].Text ?? "", proof["token"].Text);
        var isWhole = proof.IsObject && proof.Members.All(member => member.Name is "authorization" or "date" or "token") && proof["token"].IsPresent == (read.Token is not null);
        if (isWhole && read.IsWellFormed)
            return read;
        errors.Add(new("proof", "It is not a signed sts:GetCallerIdentity request with exactly the headers that must be signed.", "what 'responsekit approve' sends"));
        return null;
    }

    internal static bool IsLine(string text, int atMost) =>
        text.Length > 0 && text.Length <= atMost && !string.IsNullOrWhiteSpace(text) && Printable.Of(text, atMost) == text;

    internal static string Text(
        Field parent, string path, string name, Func<string, bool> isRight, string accepts, ImmutableArray<FieldError>.Builder errors)
    {
        var field = parent[name];
        if (!field.IsPresent)
            errors.Add(new(path, "It is missing.", accepts));
        else if (field.Text is not { } text)
            errors.Add(new(path, $"It is {ActionRequestReader.Kind(field)}, not text.", accepts));
        else if (!isRight(text))
            errors.Add(new(path, $"'{Printable.Of(text)}' cannot stand here.", accepts));
        else
            return text;
        return "";
    }
}
