using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>People in the console: IAM users with a password and a second factor, and people of IAM Identity Center. Now and then they change something.</summary>
internal sealed class Office(Stage stage, TimeSpan length) : Member(stage, length)
{
    private static readonly string[] Names = ["m.okafor", "lena.vogt", "s-ramirez", "yuki.tanabe", "p.nowak", "d.haddad", "ines.prado", "t.lindqvist",
        "r.mehta", "j.oconnor"];
    private static readonly string[] Browsers = [Agents.Chrome, Agents.Firefox, Agents.Safari];

    private readonly IReadOnlyList<string> _names = stage.Dice.Shuffled(Names);
    private readonly string _set = stage.Dice.Hex(16);

    protected override void Work(DateTimeOffset from)
    {
        var index = Dice.Between(0, 5);
        var place = new Place($"192.0.2.{20 + index}", Browsers[index % 3]);
        if (index < 3)
            Local(_names[index], place, from);
        else
            Central(_names[index], place, from);
    }

    private void Local(string name, Place place, DateTimeOffset from)
    {
        var user = Stage.User(name);
        var signIn = Stage.Person(user.SigningIn(place), from);
        if (Dice.Chance(0.1))
            signIn.Does(Stage.Sts(Stage.Home, from).SignIn(mfa: true, failing: true)).Wait(5, 30);
        signIn.Does(Stage.Sts(Stage.Home, from).SignIn(mfa: true));
        Browse(Stage.Person(user.WithSession(Dice.TemporaryKey(), signIn.Now, mfa: true, place, console: true), signIn.Now));
    }

    private void Central(string name, Place place, DateTimeOffset from)
    {
        var role = Stage.Role($"AWSReservedSSO_PowerUserAccess_{_set}", "/aws-reserved/sso.amazonaws.com/");
        Browse(Stage.Person(role.Session(name + "@corp.example", Dice.TemporaryKey(), from.AddMinutes(-Dice.Between(0, 90)), place) with { InConsole = true }, from));
    }

    private void Browse(Hand hand)
    {
        var region = Dice.Chance(0.85) ? Stage.Home : Regions.Oregon;
        for (var pages = Dice.Between(1, 5); pages > 0; pages--)
        {
            hand.Pace(0.05, 0.6).Does(Pages.Open(Dice, region)).Wait(8, 120);
            if (Dice.Chance(0.08))
                hand.IsDenied(Call.Read("ce", "GetCostAndUsage", Regions.Virginia), Call.Read("securityhub", "DescribeHub", region));
            if (Dice.Chance(0.12))
                hand.Does(Change(region)).Wait(2, 20);
        }
    }

    private Call Change(string region)
    {
        var ec2 = Stage.Ec2(region);
        return Dice.Between(0, 6) switch
        {
            0 => ec2.StopInstances(Dice.Ec2Id("i")),
            1 => ec2.StartInstances(Dice.Ec2Id("i")),
            2 => ec2.Tag(Dice.Ec2Id("i"), "owner", "platform"),
            3 => ec2.OpenPort(Dice.Ec2Id("sg"), 443, 443, "192.0.2.0/24"),
            4 => ec2.RunInstances(new(Dice.Pick(["t3.micro", "t3.medium", "m6i.large"])) { Name = "trial", KeyName = "office" }),
            5 => Stage.Other(region).PutAlarm("cpu-high", "CPUUtilization"),
            _ => ec2.TerminateInstances(Dice.Ec2Id("i")),
        };
    }
}
