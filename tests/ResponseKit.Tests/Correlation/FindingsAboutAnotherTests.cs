using ResponseKit.Actors;
using ResponseKit.Correlation;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation;

/// <summary>A quarantine is put on a user by AWS, as a service or in the name of the user. The user is whom it is about.</summary>
public sealed class FindingsAboutAnotherTests
{
    private static readonly ResponsePolicy Policy = new();

    [Fact]
    public void A_quarantine_is_observed_of_the_user_and_not_of_the_service_that_puts_it_on()
    {
        var observation = Observer.Observe(Quarantine("leaked", """{"type":"AWSService","invokedBy":"support.amazonaws.com"}"""), Policy)!;
        Assert.Equal(new Actor.User("111122223333", "leaked"), observation.Actor);
        Assert.Null(observation.AccessKeyId);
        Assert.Empty(observation.Lineage);
        Assert.All(observation.Signals, signal => Assert.Equal(observation.Actor, signal.Actor));
        Assert.Contains(observation.Signals, signal => signal.Finding.Decisive);
    }

    [Fact]
    public void A_quarantine_that_AWS_puts_on_in_the_user_s_own_name_is_observed_with_the_key_that_was_found()
    {
        var observation = Observer.Observe(Quarantine("leaked", Identities.User("leaked"), "AWS Internal"), Policy)!;
        Assert.Equal((new Actor.User("111122223333", "leaked"), "AKIAEXAMPLEEXAMPLE00"), (observation.Actor, observation.AccessKeyId));
        Assert.Contains(observation.Signals, signal => signal.Finding.Decisive);
    }

    [Theory]
    [MemberData(nameof(Hands))]
    public void A_quarantine_that_somebody_puts_on_by_hand_is_nothing_against_anybody(string identity, string address)
    {
        var record = Quarantine("leaked", identity, address);
        var observation = Observer.Observe(record, Policy);
        Assert.DoesNotContain(observation?.Signals ?? [], signal => signal.Category == SignalCategory.ExternalFinding);
        Assert.Equal(record.Actor, observation?.Actor ?? record.Actor);
    }

    public static TheoryData<string, string> Hands => new()
    {
        { Identities.User("helper"), "203.0.113.7" },
        { Identities.User("helper"), "AWS Internal" },
        { Identities.User("leaked"), "203.0.113.7" },
        { Identities.User("leaked"), "cloudformation.amazonaws.com" },
        { Identities.Role("helper"), "AWS Internal" },
        { """{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}""", "203.0.113.7" },
    };

    private static CloudTrailRecord Quarantine(string user, string identity, string address = "support.amazonaws.com") =>
        (Sample.Of("iam", "AttachUserPolicy", $$"""{"userName":"{{user}}","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""") with
        {
            Identity = identity,
            SourceAddress = address,
        }).Record();
}
