using System.Collections.Immutable;
using ResponseKit.Records;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>Whoever watches: trails, detectors, recorders, alarms, logs. What was switched off is switched on again.</summary>
public sealed class WatcherChanges : IChangeRules
{
    private const string CloudTrail = EventSources.CloudTrail;
    private const string GuardDuty = EventSources.GuardDuty;
    private const string Config = EventSources.Config;
    private const string SecurityHub = EventSources.SecurityHub;

    private static readonly ChangeValue Detector = Value("detector", "request.detectorId");

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Removed(CloudTrail, "logging of a trail", "StopLogging") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands = ["aws cloudtrail start-logging --name {name}"],
            Needs = ["cloudtrail:StartLogging"],
            Example = ("""{"name":"arn:aws:cloudtrail:us-east-1:111122223333:trail/main"}""", "{}"),
        },
        Removed(CloudTrail, "trail", "DeleteTrail") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands =
            [
                "aws cloudtrail create-trail --name {name} --s3-bucket-name {bucket-before} --is-multi-region-trail --enable-log-file-validation",
                "aws cloudtrail start-logging --name {name}",
            ],
            Needs = ["cloudtrail:CreateTrail", "cloudtrail:StartLogging"],
            Note = "Deploy it anew where code describes it.",
            Example = ("""{"name":"main"}""", "{}"),
        },
        Removed(CloudTrail, "event data store", "StopEventDataStoreIngestion") with
        {
            Label = "{arn}",
            Values = [Value("arn", "request.eventDataStore")],
            Commands = ["aws cloudtrail start-event-data-store-ingestion --event-data-store {arn}"],
            Needs = ["cloudtrail:StartEventDataStoreIngestion"],
            Example = ("""{"eventDataStore":"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/0a1b2c3d"}""", "{}"),
        },
        Removed(CloudTrail, "event data store", "DeleteEventDataStore") with
        {
            Label = "{arn}",
            Values = [Value("arn", "request.eventDataStore")],
            Commands = ["aws cloudtrail restore-event-data-store --event-data-store {arn}"],
            Needs = ["cloudtrail:RestoreEventDataStore"],
            Note = "It can be restored for seven days.",
            Example = ("""{"eventDataStore":"arn:aws:cloudtrail:us-east-1:111122223333:eventdatastore/0a1b2c3d"}""", "{}"),
        },
        Altered(CloudTrail, "selection of a trail's events", "PutEventSelectors") with
        {
            Label = "{name}",
            Values = [Value("name", "request.trailName")],
            Commands =
            [
                "aws cloudtrail get-event-selectors --trail-name {name}",
                "aws cloudtrail put-event-selectors --trail-name {name} --event-selectors ReadWriteType=All,IncludeManagementEvents=true",
            ],
            Needs = ["cloudtrail:GetEventSelectors", "cloudtrail:PutEventSelectors"],
            Note = "The second command records all management events again; data events that it had come from AWS Config or from where it is deployed.",
            Example = ("""{"trailName":"main","eventSelectors":[]}""", "{}"),
        },
        Altered(CloudTrail, "trail", "UpdateTrail") with
        {
            Label = "{name}",
            Values = [Value("name", "request.name")],
            Commands =
            [
                "aws cloudtrail get-trail --name {name}",
                "aws cloudtrail update-trail --name {name} --s3-bucket-name {bucket-before} --is-multi-region-trail --include-global-service-events --enable-log-file-validation",
            ],
            Needs = ["cloudtrail:GetTrail", "cloudtrail:UpdateTrail"],
            Note = "Deploy it anew where code describes it, or see in AWS Config where it wrote.",
            Example = ("""{"name":"main","s3BucketName":"other"}""", "{}"),
        },
        Made(CloudTrail, "trail", "CreateTrail") with
        {
            Note = "A trail records for whoever owns its bucket, and takes nothing from the account: it is left, and evidence that its maker takes it down again is not "
                + "counted.",
        },
        Made(GuardDuty, "GuardDuty detector", "CreateDetector") with
        {
            Note = "It watches, and takes nothing from the account: it is left, and evidence that its maker takes it down again is not counted.",
        },
        Removed(GuardDuty, "GuardDuty detector", "DeleteDetector") with
        {
            Commands = ["aws guardduty create-detector --enable"],
            Needs = ["guardduty:CreateDetector", "iam:CreateServiceLinkedRole"],
            Note = "Filters, lists and findings of the deleted one are gone; in an organization the administrator account enables it again.",
        },
        Removed(GuardDuty, "GuardDuty detector", "UpdateDetector") with
        {
            Label = "{detector}",
            Values = [Detector],
            Commands = ["aws guardduty get-detector --detector-id {detector}", "aws guardduty update-detector --detector-id {detector} --enable"],
            Needs = ["guardduty:GetDetector", "guardduty:UpdateDetector"],
            Note = "Switch features that the first command shows as disabled on again as well.",
            Example = ("""{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","enable":false}""", "{}"),
        },
        Removed(GuardDuty, "tie to the GuardDuty administrator", "DisassociateFromMasterAccount", "DisassociateFromAdministratorAccount") with
        {
            Commands = ["aws guardduty list-invitations", "aws guardduty accept-administrator-invitation --detector-id {detector} --administrator-id {administrator-before} --invitation-id {invitation-new}"],
            Values = [Detector],
            Needs = ["guardduty:ListInvitations", "guardduty:AcceptAdministratorInvitation"],
            Note = "In an organization the administrator account adds the member again: aws guardduty create-members.",
            Example = ("""{"detectorId":"12abc34d567e8fa901bc2d34e56789f0"}""", "{}"),
        },
        Removed(GuardDuty, "members of GuardDuty", "StopMonitoringMembers", "DisassociateMembers", "DeleteMembers") with
        {
            Label = "{member}",
            Values = [Detector, Value("member", "request.accountIds[]")],
            Commands = ["aws guardduty start-monitoring-members --detector-id {detector} --account-ids {member}"],
            Needs = ["guardduty:StartMonitoringMembers"],
            Note = "A member that was let go or deleted is added first: aws guardduty create-members.",
            Example = ("""{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","accountIds":["444455556666"]}""", "{}"),
        },
        Made(GuardDuty, "filter of GuardDuty", "CreateFilter") with
        {
            Label = "{name}",
            Values = [Detector, Value("name", "request.name")],
            Commands = ["aws guardduty delete-filter --detector-id {detector} --filter-name {name}"],
            Needs = ["guardduty:DeleteFilter"],
            Note = "Findings that it hid are archived: look through them.",
            Example = ("""{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"f","action":"ARCHIVE"}""", "{}"),
        },
        Made(GuardDuty, "list of trusted addresses", "CreateIPSet", "UpdateIPSet") with
        {
            Label = "{set}",
            Values = [Detector, Value("set", "response.ipSetId", "request.ipSetId")],
            Commands =
            [
                "aws guardduty get-ip-set --detector-id {detector} --ip-set-id {set}", "aws guardduty update-ip-set --detector-id {detector} --ip-set-id {set} --no-activate",
            ],
            Needs = ["guardduty:GetIPSet", "guardduty:UpdateIPSet"],
            Note = "From the addresses on it GuardDuty reports nothing.",
            Example = ("""{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","name":"l"}""", """{"ipSetId":"a1"}"""),
        },
        Removed(GuardDuty, "destination of GuardDuty's findings", "DeletePublishingDestination") with
        {
            Values = [Detector],
            Commands =
            [
                "aws guardduty create-publishing-destination --detector-id {detector} --destination-type S3 "
                    + "--destination-properties DestinationArn={bucket-arn-before},KmsKeyArn={key-arn-before}",
            ],
            Needs = ["guardduty:CreatePublishingDestination"],
            Example = ("""{"detectorId":"12abc34d567e8fa901bc2d34e56789f0","destinationId":"d1"}""", "{}"),
        },
        Removed(Config, "recorder of AWS Config", "StopConfigurationRecorder") with
        {
            Label = "{name}",
            Values = [Value("name", "request.configurationRecorderName")],
            Commands = ["aws configservice start-configuration-recorder --configuration-recorder-name {name}"],
            Needs = ["config:StartConfigurationRecorder"],
            Example = ("""{"configurationRecorderName":"default"}""", "{}"),
        },
        Removed(Config, "recorder of AWS Config", "DeleteConfigurationRecorder") with
        {
            Label = "{name}",
            Values = [Value("name", "request.configurationRecorderName")],
            Commands =
            [
                "aws configservice put-configuration-recorder --configuration-recorder name={name},roleARN={role-arn-before}",
                "aws configservice start-configuration-recorder --configuration-recorder-name {name}",
            ],
            Needs = ["config:PutConfigurationRecorder", "iam:PassRole", "config:StartConfigurationRecorder"],
            Example = ("""{"configurationRecorderName":"default"}""", "{}"),
        },
        Removed(Config, "delivery of AWS Config", "DeleteDeliveryChannel") with
        {
            Label = "{name}",
            Values = [Value("name", "request.deliveryChannelName")],
            Commands = ["aws configservice put-delivery-channel --delivery-channel name={name},s3BucketName={bucket-before}"],
            Needs = ["config:PutDeliveryChannel"],
            Example = ("""{"deliveryChannelName":"default"}""", "{}"),
        },
        Removed(SecurityHub, "Security Hub", "DisableSecurityHub") with
        {
            Commands = ["aws securityhub enable-security-hub"],
            Needs = ["securityhub:EnableSecurityHub", "iam:CreateServiceLinkedRole"],
            Note = "In an organization the administrator account enables it again.",
        },
        Removed(SecurityHub, "tie to the Security Hub administrator", "DisassociateFromAdministratorAccount") with
        {
            Commands =
            [
                "aws securityhub list-invitations",
                "aws securityhub accept-administrator-invitation --administrator-id {administrator-before} --invitation-id {invitation-new}",
            ],
            Needs = ["securityhub:ListInvitations", "securityhub:AcceptAdministratorInvitation"],
            Note = "In an organization the administrator account adds the member again: aws securityhub create-members.",
        },
        Removed(SecurityHub, "member of Security Hub", "DisassociateMembers") with
        {
            Label = "{member}",
            Values = [Value("member", "request.accountIds[]")],
            Commands = ["aws securityhub create-members --account-details AccountId={member}"],
            Needs = ["securityhub:CreateMembers"],
            Example = ("""{"AccountIds":["444455556666"]}""", "{}"),
        },
        Removed(SecurityHub, "standard of Security Hub", "BatchDisableStandards") with
        {
            Commands = ["aws securityhub describe-standards", "aws securityhub batch-enable-standards --standards-subscription-requests StandardsArn={standard-before}"],
            Needs = ["securityhub:DescribeStandards", "securityhub:BatchEnableStandards"],
            Example = ("""{"StandardsSubscriptionArns":["x"]}""", "{}"),
        },
        Removed(EventSources.AccessAnalyzer, "Access Analyzer", "DeleteAnalyzer") with
        {
            Label = "{name}",
            Values = [Value("name", "request.analyzerName")],
            Commands = ["aws accessanalyzer create-analyzer --analyzer-name {name} --type ACCOUNT"],
            Needs = ["access-analyzer:CreateAnalyzer", "iam:CreateServiceLinkedRole"],
            Note = "For an organization's analyzer the type is ORGANIZATION.",
            Example = ("""{"analyzerName":"account"}""", "{}"),
        },
        Removed(EventSources.CloudWatch, "actions of an alarm", "DisableAlarmActions") with
        {
            Label = "{name}",
            Values = [Value("name", "request.alarmNames[]")],
            Commands = ["aws cloudwatch enable-alarm-actions --alarm-names {name}"],
            Needs = ["cloudwatch:EnableAlarmActions"],
            Example = ("""{"alarmNames":["billing","root-login"]}""", "{}"),
        },
        Removed(EventSources.CloudWatch, "alarm", "DeleteAlarms") with
        {
            Label = "{name}",
            Values = [Value("name", "request.alarmNames[]")],
            Commands = ["aws cloudwatch describe-alarm-history --alarm-name {name} --history-item-type ConfigurationUpdate"],
            Needs = ["cloudwatch:DescribeAlarmHistory"],
            Note = "Its history goes on for two weeks and holds what it watched: make it anew from that, or from where it is deployed.",
            Example = ("""{"alarmNames":["billing"]}""", "{}"),
        },
        Removed(EventSources.Logs, "log group or stream", "DeleteLogGroup", "DeleteLogStream") with
        {
            Label = "{group}",
            Values = [Value("group", "request.logGroupName")],
            Commands = ["aws logs create-log-group --log-group-name {group}"],
            Needs = ["logs:CreateLogGroup"],
            Note = "What it held is gone, but for copies elsewhere; so are its filters, which ought to be put back. Whoever writes there makes new streams.",
            Example = ("""{"logGroupName":"/aws/lambda/worker"}""", "{}"),
        },
        Altered(EventSources.Logs, "retention of a log group", "PutRetentionPolicy") with
        {
            Label = "{group}",
            Values = [Value("group", "request.logGroupName")],
            Commands = ["aws logs put-retention-policy --log-group-name {group} --retention-in-days {days-before}"],
            Needs = ["logs:PutRetentionPolicy"],
            Note = "Or aws logs delete-retention-policy, if it kept everything before. Logs older than the new limit go within days.",
            Example = ("""{"logGroupName":"audit","retentionInDays":1}""", "{}"),
        },
        Removed(EventSources.Bedrock, "logging of Bedrock models", "DeleteModelInvocationLoggingConfiguration") with
        {
            Commands = ["aws bedrock put-model-invocation-logging-configuration --logging-config file://logging-before.json"],
            Needs = ["bedrock:PutModelInvocationLoggingConfiguration", "iam:PassRole"],
            Note = "An earlier record of that call tells where it wrote.",
        },
    ];
}
