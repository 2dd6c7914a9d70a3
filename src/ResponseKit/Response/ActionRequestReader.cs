using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Response;

/// <summary>One payload being read, with the errors found so far.</summary>
internal sealed class ActionRequestReader(ActionDescriptor action, Field payload)
{
    internal const string AcceptsPayload =
        "an object such as {\"mode\":\"plan\",\"account\":\"111122223333\",\"region\":\"us-east-1\",\"target\":\"…\",\"reason\":\"…\"}";

    private const string AcceptsMode = "plan, verify, apply or revert";
    private const int MaxReason = 500;
    private static readonly string[] Fields = ["mode", "account", "region", "target", "reason", "incident", "round", "receipt", "options"];
    private static readonly Charset Id = new(Charset.Alphanumeric + "._:/-", 128);
    private readonly ImmutableArray<FieldError>.Builder errors = ImmutableArray.CreateBuilder<FieldError>();

    public ActionRequestResult Read()
    {
        if (!payload.IsObject)
            return new ActionRequestResult.Invalid([new("(payload)", "The payload is no JSON object.", AcceptsPayload)]);
        Known("", payload, Fields);
        var mode = Mode();
        var account = Required("account", AccountId.IsValid, "the account's id, twelve digits in quotes");
        var region = Required("region", RegionName.IsValid, "a region such as us-east-1; for IAM any region of the partition");
        var targets = new TargetReader(action, account, region, errors).Read(payload["target"]);
        var reason = Required("reason", IsReason, $"why, in 1 to {MaxReason} characters on one line");
        var incident = Optional("incident");
        var round = Round();
        var receipt = Optional("receipt");
        if (receipt is not null && mode is not null and not ActionMode.Revert)
            Error("receipt", "A receipt is only for mode revert.", "nothing in this mode");
        var options = Options();
        return errors.Count > 0
            ? new ActionRequestResult.Invalid(errors.ToImmutable())
            : new ActionRequestResult.Valid(new()
            {
                Mode = mode!.Value,
                Account = account!,
                Region = region!,
                Targets = targets,
                Reason = reason!,
                Incident = incident,
                Round = round,
                Receipt = receipt,
                Options = options,
            });
    }

    private ActionMode? Mode()
    {
        var text = Required("mode", _ => true, AcceptsMode);
        ActionMode? mode = text switch
        {
            "plan" => ActionMode.Plan,
            "verify" => ActionMode.Verify,
            "apply" => ActionMode.Apply,
            "revert" => ActionMode.Revert,
            _ => null,
        };
        if (text is not null && mode is null)
            Error("mode", $"'{Printable.Of(text)}' is no mode.", AcceptsMode);
        return mode;
    }

    private int Round()
    {
        if (!payload["round"].IsPresent)
            return 1;
        if (payload["round"].Number is { } number and >= 1 and <= 1_000_000)
            return (int)number;
        Error("round", $"'{Printable.Of(payload["round"].ToString())}' cannot stand here.", "how often the incident has been opened, a whole number from 1; nothing for the first time");
        return 1;
    }

    private string? Required(string name, Func<string, bool> isRight, string accepts)
    {
        var field = payload[name];
        if (!field.IsPresent)
            Error(name, "It is missing.", accepts);
        else if (field.Text is not { } text)
            Error(name, $"It is {Kind(field)}, not text.", accepts);
        else if (!isRight(text))
            Error(name, $"'{Printable.Of(text)}' cannot stand here.", accepts);
        else
            return text;
        return null;
    }

    private string? Optional(string name) =>
        payload[name].IsPresent ? Required(name, Id.Fits, "an id of at most 128 letters, digits and . _ : / -") : null;

    private static bool IsReason(string text) =>
        text.Length is > 0 and <= MaxReason && !string.IsNullOrWhiteSpace(text) && Printable.Of(text, MaxReason) == text;

    private ImmutableSortedDictionary<string, string> Options()
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var options = payload["options"];
        if (options.IsPresent && !options.IsObject)
            Error("options", $"It is {Kind(options)}, not an object.", $"an object with the fields {Names(action.Options.Select(option => option.Name))}");
        Known("options.", options, [.. action.Options.Select(option => option.Name)]);
        foreach (var option in action.Options.Where(option => options[option.Name].IsPresent))
        {
            var field = options[option.Name];
            var text = field.Text ?? (field.IsBoolean ? field.ToString() : null);
            if (text is null)
                Error($"options.{option.Name}", $"It is {Kind(field)}, not text or true or false.", option.Accepts);
            else if (text.Length > option.MaxLength || Printable.Of(text, option.MaxLength) != text || (!option.Values.IsEmpty && !option.Values.Contains(text)))
                Error($"options.{option.Name}", $"'{Printable.Of(text)}' cannot stand here.", option.Accepts);
            else
                found[option.Name] = text;
        }

        return found.ToImmutable();
    }

    private void Known(string prefix, Field parent, IReadOnlyCollection<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in parent.Members)
        {
            if (!names.Contains(name))
                Error(prefix + Printable.Of(name, 40), "There is no such field.", names.Count == 0 ? "no fields" : $"one of {Names(names)}");
            else if (!seen.Add(name))
                Error(prefix + name, "It is there twice.", "each field once");
            // A payload of a million unknown fields deserves no answer of a million lines.
            if (errors.Count >= 20)
                return;
        }
    }

    private void Error(string field, string problem, string accepts) => errors.Add(new(field, problem, accepts));

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    internal static string Kind(Field field) =>
        field.IsObject ? "an object" : field.IsArray ? "an array" : field.IsBoolean ? "true or false" : field.Text is null ? "a number" : "text";
}
