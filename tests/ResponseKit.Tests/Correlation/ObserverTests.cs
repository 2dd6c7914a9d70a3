using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation;

public sealed class ObserverTests
{
    private static readonly ResponsePolicy Policy = new();
    private static readonly Sample NewCluster = Sample.Of("ecs", "CreateCluster", """{"clusterName":"mine"}""");

    [Fact]
    public void Keeps_signals_and_lineage_of_a_record()
    {
        var observation = Observer.Observe(NewCluster.Record(), Policy)!;
        Assert.Equal((NewCluster.EventId, "AKIAEXAMPLEEXAMPLE00", "us-east-1"), (observation.EventId, observation.AccessKeyId, observation.Region));
        Assert.Equal("arn:aws:iam::111122223333:user/ci-bot", observation.Actor.Key);
        var signal = Assert.Single(observation.Signals);
        Assert.Equal(
            ("ecs.cluster-created", SignalCategory.Provisioning, observation.EventId, observation.Time, observation.Actor, "us-east-1"),
            (signal.DetectionId, signal.Category, signal.EventId, signal.Time, signal.Actor, signal.Region));
        Assert.True(signal.Outcome.TookEffect);
        Assert.Equal("arn:aws:ecs:us-east-1:111122223333:cluster/mine", Assert.Single(observation.Lineage).Resource.ToArn());
    }

    [Fact]
    public void What_did_not_take_effect_made_nothing()
    {
        var observation = Observer.Observe((NewCluster with { ErrorCode = "AccessDenied" }).Record(), Policy)!;
        Assert.NotEmpty(observation.Signals);
        Assert.Empty(observation.Lineage);
    }

    [Theory]
    [InlineData("ecs", "ListClusters")]
    [InlineData("gamelift", "CreateCluster")]
    public void Nothing_is_kept_of_a_call_that_nobody_listens_to(string service, string operation) =>
        Assert.Null(Observer.Observe(Sample.Of(service, operation, """{"clusterName":"mine"}""").Record(), Policy));

    [Theory]
    [InlineData("""{"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}""")]
    [InlineData("""{"accountId":"111122223333","invokedBy":"autoscaling.amazonaws.com"}""")]
    public void Services_are_not_judged(string identity) => Assert.Null(Observer.Observe((NewCluster with { Identity = identity }).Record(), Policy));

    [Fact]
    public void Service_linked_roles_are_not_judged() => Assert.Null(Observer.Observe(
        (NewCluster with { Identity = Identities.Role("AWSServiceRoleForECS", "/aws-service-role/ecs.amazonaws.com/") }).Record(), Policy));

    [Fact]
    public void A_role_that_is_only_named_like_a_service_linked_one_is_judged() =>
        Assert.NotNull(Observer.Observe((NewCluster with { Identity = Identities.Role("AWSServiceRoleForECS") }).Record(), Policy));

    [Theory]
    [InlineData("arn:aws:iam::*:role/ir/responder")]
    [InlineData("arn:aws:iam::*:role/ir/resp*")]
    [InlineData("arn:aws:iam::111122223333:role/ir/responder")]
    public void Responders_and_ResponseKit_s_own_roles_are_not_judged(string text)
    {
        var pattern = ArnPattern.Parse(text);
        var record = (NewCluster with { Identity = Identities.Role("responder", "/ir/") }).Record();
        Assert.NotNull(Observer.Observe(record, Policy));
        Assert.Null(Observer.Observe(record, Policy with { Guards = new() { Responders = [pattern] } }));
        Assert.Null(Observer.Observe(record, Policy with { Guards = new() { ResponsekitRoles = [pattern] } }));
    }

    [Theory]
    [InlineData("arn:aws:iam::*:role/responder", "another path")]
    [InlineData("arn:aws:iam::*:role/IR/responder", "another case")]
    [InlineData("arn:aws:iam::444455556666:role/ir/responder", "another account")]
    [InlineData("arn:aws-cn:iam::111122223333:role/ir/responder", "another partition")]
    public void A_role_that_differs_from_an_exempt_one_is_judged(string text, string what)
    {
        var guards = new GuardSettings { Responders = [ArnPattern.Parse(text)], ResponsekitRoles = [ArnPattern.Parse(text)] };
        Assert.True(Observer.IsJudged((NewCluster with { Identity = Identities.Role("responder", "/ir/") }).Record(), guards), what);
    }

    [Theory]
    [MemberData(nameof(Pretenders))]
    public void Nobody_but_a_session_of_the_exempt_role_is_taken_for_it(string identity, string request)
    {
        var guards = new GuardSettings
        {
            Responders = [ArnPattern.Parse("arn:aws:iam::*:role/responder")],
            ResponsekitRoles = [ArnPattern.Parse("arn:aws:iam::111122223333:role/responder")],
        };
        Assert.False(Observer.IsJudged((NewCluster with { Identity = Identities.Role("responder") }).Record(), guards));
        Assert.True(Observer.IsJudged((NewCluster with { Identity = identity, Request = request }).Record(), guards));
    }

    public static TheoryData<string, string> Pretenders => new()
    {
        { Identities.User("responder", path: "/x:role/"), "{}" },
        { Identities.User("responder", path: "/role/"), "{}" },
        { Identities.User("responder"), "{}" },
        { Identities.Role("responder", "/role/"), "{}" },
        { Identities.Role("other", session: "responder"), "{}" },
        { Identities.Federated("IAMUser", "arn:aws:iam::111122223333:user/responder"), "{}" },
        { Identities.Federated("Role", "arn:aws:iam::111122223333:role/responder"), "{}" },
        { """{"type":"WebIdentityUser","principalId":"x"}""", """{"roleArn":"arn:aws:iam::111122223333:role/responder"}""" },
        { """{"type":"SAMLUser","principalId":"x"}""", """{"roleArn":"arn:aws:iam::111122223333:role/aws-service-role/x/AWSServiceRoleForX"}""" },
        { Identities.Role("responder").Replace("arn:aws:iam::111122223333:role/responder", "", StringComparison.Ordinal), "{}" },
        { Identities.Role("responder").Replace("\"sessionIssuer\"", "\"sessionIssue\"", StringComparison.Ordinal), "{}" },
    };

    [Fact]
    public void Protected_principals_are_judged_all_the_same() => Assert.NotNull(
        Observer.Observe(NewCluster.Record(), Policy with { Guards = new() { ProtectedPrincipals = [ArnPattern.Parse("arn:aws:iam::*:user/**")] } }));

    [Fact]
    public void The_settings_of_the_detections_count()
    {
        var record = Sample.Of("autoscaling", "CreateAutoScalingGroup", """{"autoScalingGroupName":"g","minSize":1,"maxSize":15}""").Record();
        Assert.DoesNotContain(Observer.Observe(record, Policy)!.Signals, signal => signal.DetectionId == "autoscaling.large-group");
        Assert.Contains(Observer.Observe(record, Policy with { Detections = new() { AutoScalingGroupSize = 15 } })!.Signals, signal => signal.DetectionId == "autoscaling.large-group");
    }

    [Fact]
    public void A_principal_of_another_account_opens_no_session_in_the_case_of_a_principal_here()
    {
        var session = Sample.Of("sts", "AssumeRole", "{}", """{"credentials":{"accessKeyId":"ASIAEXAMPLEEXAMPLE01"}}""");
        Assert.Single(Observer.Observe(session.Record(), Policy)!.Links);
        Assert.Null(Observer.Observe((session with { Identity = """{"type":"AWSAccount","accountId":"999988887777","principalId":"AIDA"}""" }).Record(), Policy));
    }

    [Fact]
    public void Listens_to_every_call_once_a_service_and_sort()
    {
        var selectors = Observer.Selectors;
        Assert.Distinct(selectors.Select(selector => (selector.EventSource, selector.ReadOnly)));
        Assert.All(selectors, selector => Assert.Distinct(selector.EventNames));
        var all = DetectionCatalogue.All.SelectMany(detection => detection.Descriptor.Selectors).Concat(LineageCatalogue.All.SelectMany(reader => reader.Selectors));
        Assert.All(all, wanted => Assert.Contains(
            selectors,
            selector => selector.EventSource == wanted.EventSource && selector.ReadOnly == wanted.ReadOnly && wanted.EventNames.All(selector.EventNames.Contains)));
        Assert.Contains(selectors, selector => selector is { EventSource: "sts.amazonaws.com", ReadOnly: true });
        Assert.Equal(selectors.Select(selector => selector.EventSource), selectors.Select(selector => selector.EventSource).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Finds_the_lineage_readers() => Assert.Equal(9, LineageCatalogue.All.Length);

    [Fact]
    public void Exactly_those_listen_whose_selectors_accept_the_record()
    {
        foreach (var example in DetectionCatalogue.All.SelectMany(detection => detection.Examples))
        {
            var record = Sample.Parsed(example.ToRecordJson());
            var (detections, readers) = Listening.To(record);
            Assert.Equal(
                DetectionCatalogue.All.Where(detection => detection.Descriptor.Selectors.Any(selector => selector.Accepts(record))).Select(detection => detection.Descriptor.Id),
                detections.Select(detection => detection.Descriptor.Id).Order(StringComparer.Ordinal));
            Assert.Equal(LineageCatalogue.All.Where(reader => reader.Selectors.Any(selector => selector.Accepts(record))), readers);
        }
    }
}
