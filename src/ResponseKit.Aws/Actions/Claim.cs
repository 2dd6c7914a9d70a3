using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ResponseKit.Aws.Execution;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions;

/// <summary>
/// What a request says of who made the target: what the resource has to agree with. A request without a time is a person's, who says that the target is the
/// actor's; what is in it is judged all the same, unless they vouch for that too.
/// </summary>
/// <param name="Since">When the record says that the target was made; null when a person named it.</param>
/// <param name="Begins">When the incident began; null when a person named the target.</param>
/// <param name="By">The principals of the incident.</param>
/// <param name="Groups">The Auto Scaling groups that the actor made.</param>
/// <param name="Vouched">Whether a person says that everything is the actor's.</param>
internal sealed record Claim(DateTimeOffset? Since, DateTimeOffset? Begins, ImmutableArray<string> By, ImmutableArray<string> Groups, bool Vouched)
{
    private static readonly Origin Asked = new Origin.Theirs("a person asked for it by name");

    /// <summary>What stands for proof where a person vouches.</summary>
    public static Origin Word { get; } = new Origin.Theirs("a person vouches for it");

    /// <summary>Reads the request's options; null, and a failed step, when one of them cannot be read.</summary>
    public static Claim? Of(ActionRun run)
    {
        var since = Moment(run, AuthorshipOptions.Since, out var sinceIsRight);
        var begins = Moment(run, AuthorshipOptions.Begins, out var beginsIsRight);
        var groups = Names(run, out var groupsAreRight);
        if (!sinceIsRight || !beginsIsRight || !groupsAreRight)
            return null;
        var by = (run.Option(AuthorshipOptions.By.Name) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Claim(since, begins, [.. by], groups, run.Option(AuthorshipOptions.Vouched.Name) == "true");
    }

    /// <summary>Judges the target by when it was made.</summary>
    public Origin OfTarget(DateTimeOffset? made, string verb) =>
        Vouched ? Word : Since is { } since ? Authorship.ByTime(made, since, verb) : Asked;

    /// <summary>Judges what is not the target itself by when it was made: since the target was, or since the incident began.</summary>
    public Origin OfTime(DateTimeOffset? made, string verb) =>
        Vouched ? Word : (Since ?? Begins) is { } since ? Authorship.ByTime(made, since, verb) : Asked;

    /// <summary>Judges by who made something, where AWS tells.</summary>
    /// <param name="author">The ARN that the resource names; null or empty where it names none.</param>
    /// <param name="verb">What they did: "created".</param>
    public Origin ByAuthor(string? author, string verb)
    {
        if (string.IsNullOrEmpty(author))
            return new Origin.Unproven($"AWS does not tell who {verb} it");
        return By.Any(principal => Authorship.IsSamePrincipal(principal, author))
            ? new Origin.Theirs($"{author} {verb} it")
            : new Origin.Earlier($"{author} {verb} it, who is not among those who acted");
    }

    private static DateTimeOffset? Moment(ActionRun run, ActionOption option, out bool isRight)
    {
        isRight = true;
        if (run.Option(option.Name) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        isRight = Refuse(run, option);
        return null;
    }

    private static ImmutableArray<string> Names(ActionRun run, out bool areRight)
    {
        areRight = true;
        if (run.Option(AuthorshipOptions.Groups.Name) is not { } text)
            return [];
        try
        {
            using var list = JsonDocument.Parse(text);
            if (list.RootElement.ValueKind == JsonValueKind.Array && list.RootElement.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
                return [.. list.RootElement.EnumerateArray().Select(name => name.GetString()!)];
        }
        catch (JsonException)
        {
            // What is no JSON is refused like any other wrong value.
        }

        areRight = Refuse(run, AuthorshipOptions.Groups);
        return [];
    }

    private static bool Refuse(ActionRun run, ActionOption option)
    {
        run.Broken(
            new Step($"option/{option.Name}", "-", $"option {option.Name}", $"Read option {option.Name}"), "InvalidOption",
            $"options.{option.Name} must be: {option.Accepts}. Nothing was changed.");
        return false;
    }
}
