using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>What happens in an account anyway, most of it reading: the people of an office, their programs, and the services of AWS.</summary>
internal static class Everyday
{
    /// <summary>Fills the hours from the scenario's start with about so many records.</summary>
    /// <param name="stage">The account.</param>
    /// <param name="hours">How long it goes on.</param>
    /// <param name="records">About how many records it gives.</param>
    /// <param name="groups">Whether the account uses EC2 Auto Scaling, and so has the role for it.</param>
    public static void Live(Stage stage, double hours, int records, bool groups = true)
    {
        var length = TimeSpan.FromHours(hours);
        new Monitoring(stage, length).Live(records * 34 / 100);
        new Office(stage, length).Live(records * 22 / 100);
        new Developers(stage, length).Live(records * 10 / 100);
        new Delivery(stage, length).Live(records * 10 / 100);
        new Applications(stage, length).Live(records * 12 / 100);
        new Services(stage, length, groups).Live(records * 12 / 100);
    }
}

/// <summary>One part of the household.</summary>
internal abstract class Member(Stage stage, TimeSpan length)
{
    protected Stage Stage => stage;
    protected Dice Dice => stage.Dice;

    /// <summary>Adds about so many records.</summary>
    public void Live(int records)
    {
        for (var end = stage.Tape.Count + records; stage.Tape.Count < end;)
            Work(stage.Start + (length * Dice.Fraction()));
    }

    /// <summary>Some minutes of work.</summary>
    protected abstract void Work(DateTimeOffset from);
}
