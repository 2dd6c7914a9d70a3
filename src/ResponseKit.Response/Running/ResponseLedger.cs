using System.Collections.Immutable;
using System.Text;
using ResponseKit.Resources;
using ResponseKit.Response.Execution;

namespace ResponseKit.Response.Running;

/// <summary>
/// What a response has taken up so far and how far it has looked: the rules by which it goes on, whether it runs in one process or step by step
/// in a state machine that remembers nothing.
/// </summary>
public sealed class ResponseLedger
{
    private readonly HashSet<(string Action, ResourceRef Target)> planned = [];
    private readonly HashSet<(string Action, ResourceRef Target)> applied = [];
    private readonly RunnerSettings settings;
    private readonly List<ResponsePass> passes;
    private readonly List<ResponseLook> looks;
    private readonly AnsweredEvents answered;

    /// <summary>Goes on from what was kept of a response.</summary>
    /// <param name="settings">How patient it is.</param>
    /// <param name="passes">Its passes so far, in order.</param>
    /// <param name="looks">Its looks so far, in order.</param>
    public ResponseLedger(RunnerSettings settings, IEnumerable<ResponsePass> passes, IEnumerable<ResponseLook> looks)
    {
        this.settings = settings;
        this.passes = [.. passes];
        this.looks = [.. looks];
        answered = new AnsweredEvents(this.passes.Select(pass => pass.Answers));
        foreach (var action in this.passes.SelectMany(pass => pass.Actions))
            Take(action);
    }

    /// <summary>Every request that was taken up, once, in the order in which it first was. One that was planned first and applied later is to be applied.</summary>
    public ImmutableArray<PlannedAction> Actions =>
    [
        .. passes.SelectMany(pass => pass.Actions).GroupBy(IdOf, StringComparer.Ordinal)
            .Select(same => same.FirstOrDefault(action => action.Request.Mode == ActionMode.Apply) ?? same.First()),
    ];

    /// <summary>At which of <see cref="Actions"/> the next look begins.</summary>
    public int NextToLookAt => looks.LastOrDefault()?.Next ?? 0;

    /// <summary>Whether everything held, and nothing new came up, as often as the settings ask.</summary>
    public bool CameToRest => looks.LastOrDefault() is { } last && last.Quiet >= settings.QuietLooks;

    /// <summary>The events that its plans were made by.</summary>
    public AnsweredEvents Answered => answered;

    /// <summary>The id of the receipt that carrying out a request leads to: what a request is known by.</summary>
    public static string IdOf(PlannedAction action) => ReceiptId.For(action.ActionId, action.Request);

    /// <summary>The pass of that number; null when it has not been made.</summary>
    public ResponsePass? PassOf(int look) => passes.Find(pass => pass.Look == look);

    /// <summary>
    /// The number of the pass that is due when one is asked for: an execution that takes a response over begins at 0 and goes on where the last one was,
    /// with a pass that was made and not looked at yet, or a new one.
    /// </summary>
    public int Due(int asked)
    {
        var latest = Math.Max(asked, passes.LastOrDefault()?.Look ?? 0);
        return LookOf(latest) is null ? latest : latest + 1;
    }

    /// <summary>The look of that number; null when it has not been made.</summary>
    public ResponseLook? LookOf(int look) => looks.Find(made => made.Look == look);

    /// <summary>
    /// Takes up what is new in a plan (of a request with many targets, those that were not taken up before), and again what did not hold at the last look.
    /// </summary>
    /// <param name="plan">The plan as it stands now.</param>
    /// <param name="look">The pass's number.</param>
    /// <param name="mostBytes">How long its requests may be together, as JSON; the rest is left to the next pass.</param>
    /// <param name="isAsked">Whether a person is asked about something, and has not answered yet.</param>
    public ResponsePass TakeUp(ResponsePlan plan, int look, int mostBytes = int.MaxValue, bool isAsked = false)
    {
        var chosen = ImmutableArray.CreateBuilder<PlannedAction>();
        var (room, fresh, more) = (mostBytes, 0, false);
        foreach (var (action, again) in Candidates(plan))
        {
            var part = again ? action : FirstThatFit(WithNewTargets(action), room);
            if (part.Request.Targets.IsEmpty)
                continue;
            // Nothing later overtakes what does not fit: the order is the point.
            more = SizeOf(part) > room && chosen.Count > 0;
            if (more)
                break;
            chosen.Add(part);
            room -= SizeOf(part);
            fresh += again ? 0 : 1;
            Take(part);
            more = !again && !WithNewTargets(action).Request.Targets.IsEmpty;
            if (more)
                break;
        }

        var pass = new ResponsePass
        {
            Look = look,
            Actions = chosen.ToImmutable(),
            Fresh = fresh,
            More = more,
            Held = plan.Actions.Count(action => action.Guard is not GuardVerdict.Free),
            Pages = plan.Pages.Length,
            Answers = answered.Add(plan.Events),
            // What was applied is verified until it holds; waiting must not keep it from that.
            Waits = isAsked && chosen.Count == 0 && (CameToRest || Actions.All(action => action.Request.Mode != ActionMode.Apply)),
        };
        passes.Add(pass);
        return pass;
    }

    /// <summary>Notes what a look found.</summary>
    /// <param name="look">Its number.</param>
    /// <param name="broken">The receipts' ids of what does not hold.</param>
    /// <param name="next">At which of <see cref="Actions"/> time ran out; 0 when it did not.</param>
    public ResponseLook Note(int look, ImmutableArray<string> broken, int next)
    {
        var last = looks.LastOrDefault();
        var quiet = (broken.IsEmpty, SinceLastLook.Any(pass => pass.Fresh > 0), next) switch
        {
            (false, _, _) or (_, true, _) => 0,
            (_, _, > 0) => last?.Quiet ?? 0,
            _ => (last?.Quiet ?? 0) + 1,
        };
        var made = new ResponseLook { Look = look, Broken = broken, Next = next, Quiet = quiet, Done = quiet >= settings.QuietLooks || LooksInARow >= settings.MaxLooks };
        looks.Add(made);
        return made;
    }

    // Waiting for a person takes up numbers, and what comes after it deserves as much patience as what came before.
    private int LooksInARow => looks.Count(look => look.Look > (passes.FindLast(pass => pass.Waits)?.Look ?? -1));

    private IEnumerable<ResponsePass> SinceLastLook => passes.Where(pass => pass.Look > (looks.LastOrDefault()?.Look ?? -1));

    private IEnumerable<(PlannedAction Action, bool Again)> Candidates(ResponsePlan plan)
    {
        var asked = SinceLastLook.SelectMany(pass => pass.Actions).Select(IdOf).ToHashSet(StringComparer.Ordinal);
        var broken = (looks.LastOrDefault()?.Broken ?? []).Where(id => !asked.Contains(id)).ToHashSet(StringComparer.Ordinal);
        return Actions.Where(action => broken.Contains(IdOf(action))).Select(action => (Action: action, Again: true))
            .Concat(plan.Actions
                .Where(action => action.Guard is GuardVerdict.Free || action.Request.Mode == ActionMode.Plan)
                .Select(action => (Action: action, Again: false)))
            .OrderBy(candidate => candidate.Action.Stage.Wave)
            .ThenBy(candidate => ResponseStage.All.IndexOf(candidate.Action.Stage));
    }

    private void Take(PlannedAction action) =>
        (action.Request.Mode == ActionMode.Apply ? applied : planned).UnionWith(action.Request.Targets.Select(target => (action.ActionId, target)));

    // What was planned while a person was asked is applied later; what was applied is not planned any more.
    private bool IsTaken(PlannedAction action, ResourceRef target) =>
        applied.Contains((action.ActionId, target)) || (action.Request.Mode != ActionMode.Apply && planned.Contains((action.ActionId, target)));

    private PlannedAction WithNewTargets(PlannedAction action) =>
        WithTargets(action, [.. action.Request.Targets.Distinct().Where(target => !IsTaken(action, target))]);

    private static PlannedAction FirstThatFit(PlannedAction action, int room)
    {
        while (action.Request.Targets.Length > 1 && SizeOf(action) > room)
            action = WithTargets(action, action.Request.Targets[..(action.Request.Targets.Length / 2)]);
        return action;
    }

    private static PlannedAction WithTargets(PlannedAction action, ImmutableArray<ResourceRef> targets) =>
        action with { Request = action.Request with { Targets = targets } };

    // With the object and the names around it.
    private static int SizeOf(PlannedAction action) => Encoding.UTF8.GetByteCount(action.Request.ToJson()) + action.ActionId.Length + 40;
}
