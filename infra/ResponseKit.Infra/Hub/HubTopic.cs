using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// The topics by which people are told. The first carries incidents and alarms under the hub's key. The second carries alarms, changes of ResponseKit itself,
/// and what the first did not take; it has no key, so that whoever takes the key away does not silence it too. Nothing in it says more than what is wrong
/// and where. CloudWatch cannot publish under SNS's own key (CloudWatch User Guide, "Amazon SNS and alarms"), so it is encrypted by none.
/// </summary>
internal sealed class HubTopic : Construct
{
    /// <summary>Makes both.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="key">What messages of the first are encrypted with while they wait.</param>
    /// <param name="notify">Whom the first mails to; null for nobody.</param>
    /// <param name="alarms">Whom the second mails to; null for nobody.</param>
    public HubTopic(Construct scope, string id, IKey key, string? notify, string? alarms)
        : base(scope, id)
    {
        Topic = Make("Topic", "ResponseKit", key, notify);
        Alarms = Make("Alarms", "ResponseKit alarms", null, alarms);
    }

    /// <summary>The topic of incidents and alarms.</summary>
    public Topic Topic { get; }

    /// <summary>The second one, which shares nothing with the first.</summary>
    public Topic Alarms { get; }

    private Topic Make(string id, string name, IKey? key, string? address)
    {
        var topic = new Topic(this, id, new TopicProps { DisplayName = name, MasterKey = key, EnforceSSL = true });
        topic.AddToResourcePolicy(new Statement(["sns:Publish"], [topic.TopicArn])
            .When("StringEquals", "aws:SourceAccount", Here.Account)
            .ToStatement(new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("events.amazonaws.com")));
        if (address is not null)
            topic.AddSubscription(new EmailSubscription(address));
        return topic;
    }
}
