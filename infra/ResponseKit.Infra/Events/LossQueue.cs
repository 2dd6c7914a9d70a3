using Amazon.CDK;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SQS;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Events;

/// <summary>
/// A queue for what could not be handed over at one place, and the alarm that tells that something is in it. SQS's own encryption, because EventBridge
/// could not write under a key without being let (EventBridge User Guide, "Using dead-letter queues").
/// </summary>
internal sealed class LossQueue : Construct
{
    private const int DaysKept = 14;

    /// <summary>Makes both.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="what">What is lost there, in the alarm's name: <c>undelivered-events</c>.</param>
    /// <param name="meaning">What it means and what to do, for whoever the alarm wakes.</param>
    public LossQueue(Construct scope, string id, string what, string meaning)
        : base(scope, id)
    {
        Queue = new Queue(this, "Queue", new QueueProps
        {
            Encryption = QueueEncryption.SQS_MANAGED,
            EnforceSSL = true,
            RetentionPeriod = Duration.Days(DaysKept),
        });
        Alarm = new Alarm(this, "Alarm", new AlarmProps
        {
            AlarmName = $"{DeployedNames.Prefix}-{what}",
            AlarmDescription = meaning,
            Metric = Queue.MetricApproximateNumberOfMessagesVisible(new MetricOptions { Period = Duration.Minutes(1), Statistic = "Maximum" }),
            ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
            Threshold = 0,
            EvaluationPeriods = 1,
            TreatMissingData = TreatMissingData.NOT_BREACHING,
        });
    }

    /// <summary>The queue.</summary>
    public Queue Queue { get; }

    /// <summary>The alarm.</summary>
    public Alarm Alarm { get; }

    /// <summary>
    /// Lets rules leave in it what their targets did not take. One statement for all of them, since a queue's policy has at most 20 (Amazon SQS Developer
    /// Guide, "Quotas").
    /// </summary>
    /// <param name="rules">The rules' names with their bus, in which <c>*</c> may stand for any text.</param>
    public void Accept(string rules) => Queue.AddToResourcePolicy(new Statement(["sqs:SendMessage"], [Queue.QueueArn])
        .When("ArnLike", "aws:SourceArn", $"arn:{Here.Partition}:events:{Here.Region}:{Here.Account}:rule/{rules}")
        .ToStatement(new ServicePrincipal("events.amazonaws.com")));
}
