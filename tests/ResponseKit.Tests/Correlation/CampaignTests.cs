using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation;

/// <summary>Real detections on whole stories: the default policy must contain an attack early and leave ordinary work alone.</summary>
public sealed class CampaignTests
{
    private static readonly ResponsePolicy Policy = new();

    private static Sample QuotaProbe(string quota) => Sample.Of("servicequotas", "GetServiceQuota", $$"""{"serviceCode":"ec2","quotaCode":"{{quota}}"}""");

    private static Sample DryRun(string type) => Sample.Of("ec2", "RunInstances", $$"""{"instancesSet":{"items":[{"minCount":1,"maxCount":1}]},"instanceType":"{{type}}"}""") with
    {
        ErrorCode = "Client.DryRunOperation",
    };

    private static Sample Cluster(string name) => Sample.Of("ecs", "CreateCluster", $$"""{"clusterName":"{{name}}"}""");

    private static readonly Sample ScalingRole = Sample.Of("iam", "CreateServiceLinkedRole", """{"aWSServiceName":"autoscaling.amazonaws.com"}""");

    private static Sample User(string name) => Sample.Of("iam", "CreateUser", $$"""{"userName":"{{name}}"}""", $$"""{"user":{"userName":"{{name}}"} }""");

    private static readonly Sample UserKey =
        Sample.Of("iam", "CreateAccessKey", """{"userName":"app"}""", """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE77","userName":"app"}}""");

    private static Sample Group(int min, int max) =>
        Sample.Of("autoscaling", "CreateAutoScalingGroup", $$"""{"autoScalingGroupName":"g{{max}}","minSize":{{min}},"maxSize":{{max}}}""");

    private static Sample Template(int number) => Sample.Of(
        "ec2", "CreateLaunchTemplate", $$"""{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"t{{number}}","LaunchTemplateData":{"UserData":"x","InstanceType":"g4dn.{{number + 2}}xlarge"} } }""");

    private static Sample Protection(int number) => Sample.Of(
        "ec2", "ModifyInstanceAttribute", $$"""{"instanceId":"i-0123456789abcde{{number:x2}}","attribute":"disableApiTermination","value":"<sensitiveDataRemoved>"}""");

    /// <summary>The verdicts after each of the calls, one every so many seconds.</summary>
    private static List<Verdict> Verdicts(double seconds, params IEnumerable<Sample> calls)
    {
        var file = CaseFile.Empty("arn:aws:iam::111122223333:user/ci-bot");
        var verdicts = new List<Verdict>();
        foreach (var (at, call) in calls.Index())
        {
            var time = Observations.At(at * seconds / 60);
            if (Observer.Observe((call with { EventId = $"event-{at}", Time = $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" }).Record(), Policy) is { } observation)
                file = file.Add(observation);
            verdicts.Add(Correlator.Judge(file, Policy));
        }

        return verdicts;
    }

    private static int ContainedAfter(double seconds, params IEnumerable<Sample> calls) => Verdicts(seconds, calls).FindIndex(verdict => verdict is Verdict.Contain) + 1;

    [Fact]
    public void The_campaign_of_November_2025_is_contained_while_it_makes_its_first_things()
    {
        Sample[] calls =
        [
            QuotaProbe("L-1216C47A"), QuotaProbe("L-DB2E81BA"), DryRun("m5.large"), DryRun("p4d.24xlarge"), ScalingRole,
            Cluster("a1"), Cluster("a2"), Cluster("a3"), Group(20, 999), Protection(1),
        ];
        Assert.InRange(ContainedAfter(15, calls), 5, 7);
    }

    [Fact]
    public void Nothing_is_contained_before_anything_took_effect()
    {
        Sample[] calls = [.. Enumerable.Range(0, 50).SelectMany(number => new[] { QuotaProbe($"L-{number:D8}"), DryRun($"p4d.{number + 1}xlarge"), Cluster("") with { ErrorCode = "AccessDenied", Request = "null" } })];
        Assert.Equal(0, ContainedAfter(1, calls));
        Assert.IsType<Verdict.Watch>(Verdicts(1, calls)[^1]);
    }

    [Fact]
    public void Groups_of_hundreds_with_templates_and_protection_are_contained_without_any_probing() =>
        Assert.InRange(ContainedAfter(5, Enumerable.Range(0, 14).SelectMany(number => new[] { Template(number), Group(20, 999 - number), Protection(number) })), 10, 16);

    [Fact]
    public void Quotas_and_dry_runs_together_are_a_rehearsal() => Assert.Equal(
        4, ContainedAfter(10, QuotaProbe("L-1216C47A"), DryRun("m5.large"), DryRun("p4d.24xlarge"), Group(20, 999)));

    [Fact]
    public void One_cluster_or_many_are_no_attack()
    {
        Assert.IsType<Verdict.Ignore>(Verdicts(1, Cluster("web"))[0]);
        Assert.Equal(0, ContainedAfter(1, Enumerable.Range(0, 60).Select(number => Cluster($"c{number}"))));
    }

    [Fact]
    public void A_user_with_a_key_made_by_Terraform_is_no_attack() => Assert.Equal(0, ContainedAfter(1, User("app"), UserKey));

    [Fact]
    public void A_deployment_that_makes_a_cluster_a_user_and_a_group_is_no_attack() =>
        Assert.Equal(0, ContainedAfter(5, ScalingRole, Cluster("web"), User("app"), UserKey, Group(2, 6)));

    [Fact]
    public void A_scheduler_that_tries_out_and_launches_is_no_attack() => Assert.Equal(
        0, ContainedAfter(20, Enumerable.Range(0, 30).SelectMany(_ => new[] { DryRun("m5.large"), Sample.Of("ec2", "RunInstances", """{"instancesSet":{"items":[{"maxCount":2}]},"instanceType":"m5.large"}""") })));

    [Fact]
    public void Somebody_who_looks_at_quotas_all_day_is_no_attack() =>
        Assert.Equal(0, ContainedAfter(60, Enumerable.Range(0, 100).Select(number => QuotaProbe($"L-{number:D8}"))));
}
