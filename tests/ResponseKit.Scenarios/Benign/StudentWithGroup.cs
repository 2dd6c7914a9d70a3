using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>Somebody follows a course on Auto Scaling, with everything that goes wrong the first time.</summary>
internal sealed class StudentWithGroup : IScript
{
    public IEnumerable<Plot> Plots => [new("student-asg", "A student tries an Auto Scaling group, meets a quota, and opens SSH to the world", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 4, 500);
        var user = stage.User("student07");
        var browser = new Place("203.0.113.77", Agents.Firefox);
        var student = stage.Person(user.SigningIn(browser), stage.After(20)).Does(stage.Sts(Regions.Virginia, stage.After(20)).SignIn(mfa: false));
        student.As(user.WithSession(stage.Dice.TemporaryKey(), student.Now, mfa: false, browser, console: true)).Pace(5, 40);
        var ec2 = stage.Ec2(stage.Home);
        var groups = stage.AutoScaling(stage.Home);
        for (var pages = 0; pages < 5; pages++)
            student.Pace(0.1, 0.8).Does(Pages.Open(stage.Dice, stage.Home)).Wait(20, 60);

        student.Pace(20, 90).Does(ec2.CreateKeyPair("my-key"),
            ec2.CreateSecurityGroup("launch-wizard-1", "launch-wizard-1 created 2026-03-10T08:31:02.514Z", out var group),
            ec2.OpenPort(group, 22, 22, "0.0.0.0/0"), ec2.OpenPort(group, 80, 80, "0.0.0.0/0"))
            .Does(ec2.RunInstances(new("t2.micro") { KeyName = "my-key", SecurityGroup = group, Name = "test" }, out var first),
                ec2.DescribeInstances(first), ec2.TerminateInstances(first))
            .HasServiceDo("autoscaling.amazonaws.com", stage.Iam(student.Now).CreateServiceLinkedRole(stage.ServiceRole("autoscaling", "AutoScaling"), "autoscaling"))
            .Does(ec2.CreateLaunchTemplate("my-template", "t2.micro", user.Arn, out var template))
            .Does(groups.CreateGroup("my-asg", template, 1, 3).Failing("ValidationError",
                "You must use a valid fully-formed launch template. The security group 'sg-0' does not exist"))
            .Does(groups.CreateGroup("my-asg", template, 2, 6, 2));
        student.Causes(groups.Service(student.Now), 3, 10, groups.LaunchFor("my-asg", template, "t2.micro", 2, out var two));
        student.Wait(120, 400).Does(groups.UpdateGroup("my-asg", 10, 50, 20));
        student.Causes(groups.Service(student.Now), 5, 25, groups.LaunchFor("my-asg", template, "t2.micro", 10, out var more),
            groups.LaunchFor("my-asg", template, "t2.micro", 8, out _).OverQuota(16));
        student.Wait(90, 200).Does(groups.Read("DescribeScalingActivities"), stage.Other(stage.Home).GetServiceQuota(OtherCalls.VcpuQuotas[0]),
            stage.Other(stage.Home).Read("servicequotas", "ListServiceQuotas"))
            .Does(stage.Other(stage.Home).RequestQuota(OtherCalls.VcpuQuotas[0], 64))
            .Does(ec2.RunInstances(new("g4dn.xlarge") { KeyName = "my-key" }).OverQuota(0))
            .WaitMinutes(20, 40).Does(groups.UpdateGroup("my-asg", 0, 6, 0));
        student.Causes(groups.Service(student.Now), 3, 20, ec2.TerminateInstances([.. two, .. more]));
        student.Does(groups.DeleteGroup("my-asg"), ec2.DeleteLaunchTemplate(template));
    }
}
