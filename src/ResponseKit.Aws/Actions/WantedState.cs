using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions;

/// <summary>Brings settings about, or checks them.</summary>
internal static class WantedState
{
    /// <summary>Changes what is not as wanted, one after the other; true when anything was changed.</summary>
    public static async Task<bool> BringAboutAsync(this ActionRun run, IReadOnlyCollection<Wanted> all, CancellationToken cancellationToken)
    {
        await run.AnnounceAsync(all.Where(wanted => !wanted.IsInPlace).Select(wanted => wanted.Step), cancellationToken);
        var changed = false;
        foreach (var wanted in all)
        {
            if (wanted.IsInPlace)
                run.AlreadyInPlace(wanted.Step);
            else
                changed |= (await run.StepAsync(wanted.Step, wanted.Call, cancellationToken)).Outcome is StepOutcome.Applied;
        }

        return changed;
    }

    /// <summary>Reports what is not as wanted.</summary>
    public static void Check(this ActionRun run, IEnumerable<Wanted> all)
    {
        foreach (var wanted in all)
        {
            if (wanted.IsInPlace)
                run.AlreadyInPlace(wanted.Step);
            else
                run.Broken(wanted.Step, "NotInPlace", wanted.Found);
        }
    }
}
