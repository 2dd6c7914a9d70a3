namespace ResponseKit.Response;

/// <summary>How patiently a response is carried through.</summary>
public sealed record RunnerSettings
{
    /// <summary>How many actions of one wave run at the same time.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>How long to wait before looking again whether everything holds; an administrator who was contained takes seconds to lose his last permissions.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>In how many looks in a row everything must hold, and nothing new have come up.</summary>
    public int QuietLooks { get; init; } = 2;

    /// <summary>After how many looks a person is told that it does not come to rest.</summary>
    public int MaxLooks { get; init; } = 60;

    /// <summary>How long the response waits for a person before it looks whether there is something else to do, and then waits on.</summary>
    public TimeSpan ApprovalPause { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an action that ran out of time is asked to go on.</summary>
    public int MaxContinuations { get; init; } = 20;
}
