using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>
/// What a response tells an action of who made the target, so that the action can ask the resource. A person who sends a request without them says that the
/// target is the actor's; what is inside it is judged all the same.
/// </summary>
public static class AuthorshipOptions
{
    private const string Time = "A time in ISO 8601, such as 2026-01-31T02:15:00Z";
    private const int MostText = 2048;

    /// <summary>When the record says that the target was made.</summary>
    public static readonly ActionOption Since = new(
        "since", Time, "When the actor made the target, by the record of it. A target that was there before is held for a person.");

    /// <summary>When the incident began.</summary>
    public static readonly ActionOption Begins = new(
        "begins", Time, "When the incident began. What the target uses and was there before is left alone.");

    /// <summary>The principals of the incident.</summary>
    public static readonly ActionOption By = new(
        "by", "ARNs of users and roles, with a space between them", "Who acted in the incident. What others made is left alone.")
    {
        MaxLength = MostText,
    };

    /// <summary>The groups that the actor made.</summary>
    public static readonly ActionOption Groups = new(
        "groups", "Names of Auto Scaling groups as a JSON list", "The groups that the actor made: what these launched is the actor's.")
    {
        MaxLength = MostText,
    };

    /// <summary>The unique id that IAM gave the target.</summary>
    public static readonly ActionOption UniqueId = new(
        "uniqueId", "A unique id such as AIDA… or AROA…", "The id that IAM gave the user or role of the incident. A user is followed by it to another name; a name that belongs to another id now is left alone.");

    /// <summary>When the target was last seen to act.</summary>
    public static readonly ActionOption Acted = new(
        "acted", Time, "When the target was last seen to act, or the incident was opened again. What was restrained before is restrained anew.");

    /// <summary>A person's word in place of proof.</summary>
    public static readonly ActionOption Vouched = new(
        "vouched", "true or false", "A person has looked, and says that the target and everything in it is the actor's: no proof is asked for.")
    {
        Values = ["true", "false"],
    };

    /// <summary>For an action that destroys what has contents of its own.</summary>
    public static ImmutableArray<ActionOption> Container => [Since, Begins, By, Vouched];
}
