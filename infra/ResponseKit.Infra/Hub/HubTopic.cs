using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using ResponseKit.Infra.Iam;

namespace ResponseKit.Infra.Hub;

/// <summary>The topic by which people are told of incidents and alarms.</summary>
internal sealed class HubTopic : Construct
{
    /// <summary>Makes it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="key">What messages are encrypted with while they wait.</param>
    /// <param name="notify">Whom it mails to; null for nobody.</param>
    public HubTopic(Construct scope, string id, IKey key, string? notify)
        : base(scope, id)
    {
        Topic = new Topic(this, "Topic", new TopicProps { DisplayName = "ResponseKit", MasterKey = key, EnforceSSL = true });
        Topic.AddToResourcePolicy(new Statement(["sns:Publish"], [Topic.TopicArn])
            .When("StringEquals", "aws:SourceAccount", Here.Account)
            .ToStatement(new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("events.amazonaws.com")));
        if (notify is not null)
            Topic.AddSubscription(new EmailSubscription(notify));
    }

    /// <summary>The topic.</summary>
    public Topic Topic { get; }
}
