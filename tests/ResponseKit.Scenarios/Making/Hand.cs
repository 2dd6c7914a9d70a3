namespace ResponseKit.Scenarios.Making;

/// <summary>Somebody who makes one call after the other, at a pace of their own.</summary>
internal sealed class Hand(Stage stage, Caller caller, DateTimeOffset start, bool isAttack)
{
    private double _least = 0.5;
    private double _most = 2;

    public Caller Caller { get; private set; } = caller;

    /// <summary>When the next call is made.</summary>
    public DateTimeOffset Now { get; private set; } = start;

    /// <summary>How many seconds there are between two calls.</summary>
    public Hand Pace(double leastSeconds, double mostSeconds)
    {
        (_least, _most) = (leastSeconds, mostSeconds);
        return this;
    }

    public Hand Wait(double leastSeconds, double mostSeconds)
    {
        Now += stage.Dice.Within(leastSeconds, mostSeconds);
        return this;
    }

    public Hand WaitMinutes(double least, double most) => Wait(least * 60, most * 60);

    public Hand Until(DateTimeOffset time)
    {
        Now = time > Now ? time : Now;
        return this;
    }

    /// <summary>The same person goes on with other credentials.</summary>
    public Hand As(Caller next)
    {
        Caller = next;
        return this;
    }

    public Hand Does(params IEnumerable<Call> calls)
    {
        foreach (var call in calls)
        {
            stage.Tape.Write(Now, Caller, call, isAttack);
            Wait(_least, _most);
        }

        return this;
    }

    /// <summary>A call that concerns another account, where it is recorded too, with what that account may know of the caller.</summary>
    public Hand DoesAcross(Stage other, string principalId, Call call)
    {
        var shared = stage.Dice.Guid();
        stage.Tape.Write(Now, Caller, call, isAttack, shared);
        other.Tape.Write(Now, Others.Foreign(stage.Account, principalId, Caller.Place), call, isAttack, shared);
        return Wait(_least, _most);
    }

    /// <summary>Calls that are not allowed.</summary>
    public Hand IsDenied(params IEnumerable<Call> calls) => Does(calls.Select(call => call.DeniedTo(Caller, stage.Dice)));

    /// <summary>A service makes the call for the caller, with the caller's own identity.</summary>
    public Hand HasServiceDo(string service, params IEnumerable<Call> calls)
    {
        foreach (var call in calls)
            stage.Tape.Write(Now += stage.Dice.Within(0.1, 0.8), Caller.Through(service), call, isAttack);
        return this;
    }

    /// <summary>A service does what was asked for, with a role of its own.</summary>
    public Hand Causes(Caller service, double afterLeast, double afterMost, params IEnumerable<Call> calls)
    {
        var time = Now + stage.Dice.Within(afterLeast, afterMost);
        foreach (var call in calls)
            stage.Tape.Write(time += stage.Dice.Within(0.2, 3), service, call, isAttack);
        return this;
    }
}
