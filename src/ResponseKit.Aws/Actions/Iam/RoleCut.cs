using System.Globalization;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Which sessions of a role are to be revoked, as a request says it.</summary>
/// <param name="At">Sessions issued before this moment.</param>
/// <param name="AtLeast">A revocation that already reaches this far is good enough.</param>
/// <param name="DenyAll">Whether later sessions are to be denied too.</param>
internal sealed record RoleCut(DateTimeOffset At, DateTimeOffset AtLeast, bool DenyAll)
{
    /// <summary>
    /// How far ahead the cut lies unless the request says otherwise: while IAM spreads the policy, an old session can still get itself new ones.
    /// The console takes 30 seconds as well. IAM User Guide, "Revoke IAM role temporary security credentials".
    /// </summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(30);

    public static readonly ActionOption Option = new(
        "cutAt", "A time in ISO 8601, such as 2026-01-31T02:15:00Z, at most one hour ahead",
        "Sessions issued before it are revoked. Without it: 30 seconds from now, or the cut of an earlier run if that still stands.");

    public static readonly ActionOption DenyAllOption = new(
        "denyAll", "true or false", "Whether the role is also denied everything, new sessions included: for a role that the actor made.")
    {
        Values = ["true", "false"],
    };

    private static readonly string[] Iso = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private const string EarlierCut = "cut";

    // IAM User Guide, "Update the maximum session duration for a role".
    private static readonly TimeSpan LongestSession = TimeSpan.FromHours(12);

    /// <summary>What the request asks for; null, and a failed step, when it cannot be read.</summary>
    public static RoleCut? Of(ActionRun run)
    {
        if (!TryDenyAll(run, out var denyAll))
            return null;
        if (run.Option(Option.Name) is { } asked)
        {
            if (DateTimeOffset.TryParseExact(asked, Iso, null, DateTimeStyles.AssumeUniversal, out var at) && at <= run.Now + TimeSpan.FromHours(1))
                return new RoleCut(at, InPolicy(at), denyAll);
            Refuse(run, Option);
            return null;
        }

        var earlier = run.Earlier?.Steps.Select(step => step.Before?[EarlierCut]?.GetValue<string>()).FirstOrDefault(cut => cut is not null);
        // Without a receipt, verifying can only see whether a cut stands that still matters: older sessions have ended by themselves.
        var fallback = run.Request.Mode == ActionMode.Verify ? run.Now - LongestSession : run.Now;
        var atLeast = DateTimeOffset.TryParse(earlier, null, DateTimeStyles.AssumeUniversal, out var cut) ? cut : fallback;
        if (run.Option(AuthorshipOptions.Acted.Name) is { } text)
        {
            if (!DateTimeOffset.TryParseExact(text, Iso, null, DateTimeStyles.AssumeUniversal, out var acted))
            {
                Refuse(run, AuthorshipOptions.Acted);
                return null;
            }

            // A clock that runs ahead of ours must not ask for a cut that no cut reaches. What the earlier cut revoked stays revoked.
            acted = acted < run.Now ? acted : run.Now;
            atLeast = earlier is null || acted > atLeast ? acted : atLeast;
        }

        return new RoleCut(run.Now + Ahead, InPolicy(atLeast), denyAll);
    }

    // As far as a policy can say it: to the millisecond.
    private static DateTimeOffset InPolicy(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    private static bool TryDenyAll(ActionRun run, out bool denyAll)
    {
        if (bool.TryParse(run.Option(DenyAllOption.Name) ?? "false", out denyAll))
            return true;
        Refuse(run, DenyAllOption);
        return false;
    }

    private static void Refuse(ActionRun run, ActionOption option) => run.Broken(
        new Step($"option/{option.Name}", "-", $"option {option.Name}", $"Read option {option.Name}"), "InvalidOption",
        $"options.{option.Name} must be: {option.Accepts}. Nothing was changed.");
}
