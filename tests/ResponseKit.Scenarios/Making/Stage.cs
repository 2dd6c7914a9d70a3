using ResponseKit.Scenarios.Calls;

namespace ResponseKit.Scenarios.Making;

/// <summary>A file of scenarios.</summary>
internal interface IScript
{
    IEnumerable<Plot> Plots { get; }
}

/// <summary>What happens in one scenario.</summary>
internal sealed record Plot(string Id, string Title, bool IsAttack, Action<Stage> Script)
{
    public Scenario Play()
    {
        var stage = new Stage(Id);
        Script(stage);
        return new(Id, Title, IsAttack, [.. stage.Attackers.Distinct()], [.. stage.Planted.Except(stage.Attackers)], stage.Tape.Records);
    }
}

/// <summary>The account where a scenario happens. Its number and all chance follow from the scenario's id.</summary>
internal sealed class Stage
{
    private readonly Dictionary<string, IamUser> _users = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IamRole> _roles = new(StringComparer.Ordinal);

    public Stage(string id)
    {
        Dice = Dice.For(id);
        Account = $"{Dice.Between(1, 9)}{Dice.Digits(11)}";
        Tape = new(Account, Dice.For(id + " events"));
    }

    private Stage(Stage from, string account)
    {
        (Dice, Account, Tape, Home) = (from.Dice, account, from.Tape.Of(account), from.Home);
        (Attackers, Planted) = (from.Attackers, from.Planted);
    }

    /// <summary>Another account of the same organization.</summary>
    public Stage Elsewhere() => new(this, $"{Dice.Between(1, 9)}{Dice.Digits(11)}");

    public Dice Dice { get; }
    public string Account { get; }
    public Tape Tape { get; }
    public string Home { get; init; } = Regions.Virginia;

    /// <summary>A Tuesday morning.</summary>
    public DateTimeOffset Start { get; } = new(2026, 3, 10, 8, 0, 0, TimeSpan.Zero);

    public List<string> Attackers { get; } = [];
    public List<string> Planted { get; } = [];

    public IamUser User(string name, string path = "/") =>
        _users.TryGetValue(name, out var known) ? known : _users[name] = new(Account, name, Dice.UniqueId("AIDA"), path);

    public IamRole Role(string name, string path = "/") =>
        _roles.TryGetValue(name, out var known) ? known : _roles[name] = new(Account, name, Dice.UniqueId("AROA"), path);

    /// <summary>The role of a service, such as <c>autoscaling</c> and <c>AutoScaling</c>.</summary>
    public IamRole ServiceRole(string service, string suffix) => Role($"AWSServiceRoleFor{suffix}", $"/aws-service-role/{service}.amazonaws.com/");

    /// <summary>Somebody honest.</summary>
    public Hand Person(Caller caller, DateTimeOffset from) => new(this, caller, from, isAttack: false);

    /// <summary>Somebody to contain.</summary>
    public Hand Thief(Caller caller, DateTimeOffset from)
    {
        Attackers.Add(caller.Principal);
        return new(this, caller, from, isAttack: true);
    }

    /// <summary>Credentials that the thief goes over to.</summary>
    public Caller Stolen(Caller caller)
    {
        Attackers.Add(caller.Principal);
        return caller;
    }

    public DateTimeOffset After(double minutes) => Start.AddMinutes(minutes);

    public IamCalls Iam(DateTimeOffset now) => new(this, now);
    public Ec2Calls Ec2(string region) => new(this, region);
    public EcsCalls Ecs(string region) => new(this, region);
    public AutoScalingCalls AutoScaling(string region) => new(this, region);
    public LambdaCalls Lambda(string region) => new(this, region);
    public StsCalls Sts(string region, DateTimeOffset now) => new(this, region, now);
    public OtherCalls Other(string region) => new(this, region);
}
