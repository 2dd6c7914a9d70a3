using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Deployment.OwnHarm;

namespace ResponseKit.Deployment;

/// <summary>The parts by which ResponseKit sees and tells: rules, bus, alarms, topics.</summary>
internal static class OwnWatchers
{
    private const string Ours = DeployedNames.Prefix;

    // How people look at a topic, and where it writes down what it delivered.
    private static readonly string[] HarmlessOfTopics = ["DisplayName", "TracingConfig"];

    public static ImmutableArray<OwnPart> All { get; } =
    [
        new("rules", "the rule", "events", EventSources.Events)
        {
            Place = OwnPlace.Everywhere,
            Types = ["AWS::Events::Rule"],
            Fields = ["name", "rule"],
            Prefixes = ["rule/"],
            Resources = [$"rule/{Ours}-*", $"rule/{DeployedNames.Bus}/*"],
            IsKnown = (name, deployment, isInHub) => OwnNames.IsRule(name, isInHub) || deployment.DeliversCalls(name),
            Example = $"\"name\":\"{Ours}-writes\",\"rule\":\"{Ours}-writes\"",
            Calls = [new("DeleteRule", Breaks), new("DisableRule", Breaks), new("PutRule", Breaks), new("PutTargets", Breaks), new("RemoveTargets", Breaks)],
            Denied = ["Delete*", "Disable*", "PutRule", "PutTargets", "Remove*", "Update*"],
        },
        new("bus", "the event bus", "events", EventSources.Events)
        {
            Types = ["AWS::Events::EventBus", "AWS::Events::EventBusPolicy"],
            Fields = ["name", "eventBusName"],
            Prefixes = ["event-bus/"],
            Resources = [$"event-bus/{DeployedNames.Bus}"],
            IsKnown = (name, _, _) => name == DeployedNames.Bus,
            Example = $"\"name\":\"{DeployedNames.Bus}\",\"eventBusName\":\"{DeployedNames.Bus}\"",
            Calls =
            [
                new("DeleteEventBus", Breaks), new("PutPermission", Breaks) { HasNoResource = true }, new("RemovePermission", Breaks) { HasNoResource = true },
                new("UpdateEventBus", Weakens),
            ],
            Denied = ["Delete*", "Update*"],
        },
        new("alarms", "the alarm", "cloudwatch", EventSources.CloudWatch)
        {
            Place = OwnPlace.Everywhere,
            Types = ["AWS::CloudWatch::Alarm"],
            Fields = ["alarmNames", "alarmName"],
            Prefixes = ["alarm:"],
            Resources = [$"alarm:{Ours}-*"],
            IsKnown = (name, deployment, isInHub) => OwnNames.IsAlarm(name, isInHub)
                || (isInHub && name.EndsWith(OwnNames.Failing, StringComparison.Ordinal) && deployment.HasFunction(name[..^OwnNames.Failing.Length])),
            Example = $"\"alarmNames\":[\"{Ours}-quiet\"],\"alarmName\":\"{Ours}-quiet\"",
            Calls =
            [
                new("DeleteAlarms", Breaks), new("DisableAlarmActions", Weakens), new("PutMetricAlarm", Weakens), new("PutCompositeAlarm", Weakens),
                new("SetAlarmState", Weakens),
            ],
            Denied = ["DeleteAlarms", "DisableAlarmActions", "PutCompositeAlarm", "PutMetricAlarm", "SetAlarmState"],
        },
        new("topics", "the topic", "sns", EventSources.Sns)
        {
            Types = ["AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "AWS::SNS::Subscription"],
            Fields = ["topicArn", "subscriptionArn", "resourceArn"],
            Prefixes = [""],
            Resources = [$"{Ours}-*"],
            HasMadeUpNames = true,
            Example = $"\"topicArn\":\"arn:aws:sns:us-east-1:111122223333:{Ours}-HubTopicTopic0123\","
                + $"\"subscriptionArn\":\"arn:aws:sns:us-east-1:111122223333:{Ours}-HubTopicTopic0123:00000000-0000-4000-8000-000000000003\"",
            Calls =
            [
                new("DeleteTopic", Breaks), new("RemovePermission", Breaks),
                new("SetTopicAttributes", Breaks)
                {
                    ByRequest = request => request["attributeName"].Text is { } name
                        && (HarmlessOfTopics.Contains(name) || name.EndsWith("RoleArn", StringComparison.Ordinal) || name.EndsWith("SampleRate", StringComparison.Ordinal))
                        ? Nothing
                        : Breaks,
                },
                // Whoever is subscribed may filter what reaches them, and may leave.
                new("AddPermission", Weakens), new("PutDataProtectionPolicy", Weakens), new("SetSubscriptionAttributes", Weakens), new("Unsubscribe", Weakens),
            ],
            Denied = ["AddPermission", "DeleteTopic", "PutDataProtectionPolicy", "RemovePermission", "SetSubscriptionAttributes", "SetTopicAttributes", "Unsubscribe"],
        },
    ];
}
