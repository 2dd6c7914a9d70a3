using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ResponseKit.Testing;

/// <summary>
/// Ends the work of the current flow of control at one moment, as if the process were killed there: before or after a call to AWS that changes something, before or
/// after a receipt is saved. Nothing runs afterwards that a killed process would not have run, for the exception is none that anything catches.
/// </summary>
public sealed class CrashPoint
{
    private static readonly AsyncLocal<CrashPoint?> Armed = new();
    private readonly int moment;
    private int passed;

    static CrashPoint() => RuntimePipelineCustomizerRegistry.Instance.Register(new Customizer());

    /// <summary>Makes one that is not armed yet.</summary>
    /// <param name="moment">Which of the moments, counted from 1; null to only count them.</param>
    public CrashPoint(int? moment) => this.moment = moment ?? int.MaxValue;

    /// <summary>How many moments there were.</summary>
    public int Moments => passed;

    /// <summary>What happened at the moment.</summary>
    public string What { get; private set; } = "";

    /// <summary>Arms it for what is done within, and says whether it went off.</summary>
    public async Task<bool> CrashesAsync(Func<Task> work)
    {
        Armed.Value = this;
        try
        {
            await work();
            return false;
        }
        catch (CrashedException)
        {
            return true;
        }
        finally
        {
            Armed.Value = null;
        }
    }

    /// <summary>Clients that are made before this was called are not watched.</summary>
    public static void Prepare()
    {
    }

    internal static void Pass(string what) => Armed.Value?.Note(what);

    // What ran beside it ends with it, too.
    private void Note(string what)
    {
        var now = Interlocked.Increment(ref passed);
        if (now < moment)
            return;
        if (now == moment)
            What = what;
        throw new CrashedException();
    }

    private sealed class Customizer : IRuntimePipelineCustomizer
    {
        public string UniqueName => nameof(CrashPoint);

        public void Customize(Type type, RuntimePipeline pipeline) => pipeline.AddHandler(new Handler());
    }

    private sealed class Handler : PipelineHandler
    {
        public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
        {
            var name = executionContext.RequestContext.OriginalRequest.GetType().Name;
            if (Armed.Value is null || ApiCalls.IsRead(name) || name == "AssumeRoleRequest")
                return await base.InvokeAsync<T>(executionContext);
            Pass($"before {name}");
            var response = await base.InvokeAsync<T>(executionContext);
            Pass($"after {name}");
            return response;
        }
    }
}

/// <summary>The process is gone.</summary>
public sealed class CrashedException : Exception
{
    /// <summary>Makes it.</summary>
    public CrashedException()
        : base("The process was killed here.")
    {
    }
}
