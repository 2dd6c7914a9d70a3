using System.Collections.Immutable;
using ResponseKit.Detections;
using ResponseKit.Records;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>What opens EC2: keys, security groups, shared snapshots and images, sent keys; networks and logs of them.</summary>
public sealed class NetworkChanges : IChangeRules
{
    private const string Ec2 = EventSources.Ec2;

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(Ec2, "key pair", "CreateKeyPair", "ImportKeyPair") with
        {
            Label = "{name}",
            Values = [Value("name", "request.keyName", "response.keyName")],
            Commands = ["aws ec2 delete-key-pair --key-name {name}"],
            Needs = ["ec2:DeleteKeyPair"],
            Note = "Instances that were launched with it go on accepting it.",
            Example = ("""{"keyName":"spare"}""", """{"keyName":"spare","keyPairId":"key-0a1b2c3d4e5f60718"}"""),
        },
        Opened(Ec2, "security group", "AuthorizeSecurityGroupIngress") with
        {
            Label = "{group} by the rule {rule}",
            Values =
            [
                Value("group", "request.groupId", "response.securityGroupRuleSet.items.groupId"),
                Value("rule", "response.securityGroupRuleSet[].securityGroupRuleId"),
            ],
            Commands = ["aws ec2 revoke-security-group-ingress --group-id {group} --security-group-rule-ids {rule}"],
            Needs = ["ec2:RevokeSecurityGroupIngress"],
            Note = "Connections that are open stay open.",
            Example = (
                """{"groupId":"sg-0a1b2c3d4e5f60718","ipPermissions":{}}""",
                """{"securityGroupRuleSet":{"items":[{"groupId":"sg-0a1b2c3d4e5f60718","securityGroupRuleId":"sgr-0a1b2c3d4e5f60718"}]}}"""),
        },
        Opened(Ec2, "snapshot", "ModifySnapshotAttribute") with
        {
            Label = "{id} to the account {account-id}",
            When = record => record.Request["createVolumePermission"]["add"]["items"].Items.Any(item => item["userId"].IsPresent),
            Aspect = "account",
            Values = [Value("id", "request.snapshotId"), Value("account-id", "request.createVolumePermission.add.items[].userId")],
            Commands = ["aws ec2 modify-snapshot-attribute --snapshot-id {id} --attribute createVolumePermission --operation-type remove --user-ids {account-id}"],
            Needs = ["ec2:ModifySnapshotAttribute"],
            Note = "What was copied meanwhile stays with whoever copied it: treat what is on it as known to them.",
            Example = ("""{"snapshotId":"snap-0a1b2c3d4e5f60718","createVolumePermission":{"add":{"items":[{"userId":"444455556666"}]}}}""", "{}"),
        },
        Opened(Ec2, "snapshot", "ModifySnapshotAttribute") with
        {
            Label = "{id} to everybody",
            When = record => record.Request["createVolumePermission"]["add"]["items"].Items.Any(item => item["group"].Text == "all"),
            Aspect = "everybody",
            Values = [Value("id", "request.snapshotId")],
            Commands = ["aws ec2 modify-snapshot-attribute --snapshot-id {id} --attribute createVolumePermission --operation-type remove --group-names all"],
            Needs = ["ec2:ModifySnapshotAttribute"],
            Note = "What was copied meanwhile stays with whoever copied it: treat what is on it as public.",
            Example = ("""{"snapshotId":"snap-0a1b2c3d4e5f60718","createVolumePermission":{"add":{"items":[{"group":"all"}]}}}""", "{}"),
        },
        Opened(Ec2, "machine image", "ModifyImageAttribute") with
        {
            Label = "{id} to the account {account-id}",
            When = record => record.Request["launchPermission"]["add"]["items"].Items.Any(item => item["userId"].IsPresent),
            Aspect = "account",
            Values = [Value("id", "request.imageId"), Value("account-id", "request.launchPermission.add.items[].userId")],
            Commands = ["aws ec2 modify-image-attribute --image-id {id} --attribute launchPermission --operation-type remove --user-ids {account-id}"],
            Needs = ["ec2:ModifyImageAttribute"],
            Note = "What was copied meanwhile stays with whoever copied it: treat what is on it as known to them.",
            Example = ("""{"imageId":"ami-0a1b2c3d4e5f60718","launchPermission":{"add":{"items":[{"userId":"444455556666"}]}}}""", "{}"),
        },
        Opened(Ec2, "machine image", "ModifyImageAttribute") with
        {
            Label = "{id} to everybody",
            When = record => record.Request["launchPermission"]["add"]["items"].Items.Any(item => item["group"].Text == "all"),
            Aspect = "everybody",
            Values = [Value("id", "request.imageId")],
            Commands = ["aws ec2 modify-image-attribute --image-id {id} --attribute launchPermission --operation-type remove --user-groups all"],
            Needs = ["ec2:ModifyImageAttribute"],
            Note = "What was copied meanwhile stays with whoever copied it: treat what is on it as public.",
            Example = ("""{"imageId":"ami-0a1b2c3d4e5f60718","launchPermission":{"add":{"items":[{"group":"all"}]}}}""", "{}"),
        },
        Made(Ec2, "copy of a snapshot", "CopySnapshot") with
        {
            Label = "{id}",
            Values = [Value("id", "response.snapshotId"), Value("source", "request.sourceSnapshotId")],
            Commands = ["aws ec2 describe-snapshots --snapshot-ids {source}", "aws ec2 delete-snapshot --snapshot-id {id}"],
            Needs = ["ec2:DescribeSnapshots", "ec2:DeleteSnapshot"],
            Note = "Delete it only while the first command still shows the original: a copy under a foreign key may be all that is left.",
            Example = ("""{"sourceSnapshotId":"snap-1a1b2c3d4e5f60718","sourceRegion":"us-east-1"}""", """{"snapshotId":"snap-0a1b2c3d4e5f60718"}"""),
        },
        Made(Ec2, "copy of a machine image", "CopyImage") with
        {
            Label = "{id}",
            Values = [Value("id", "response.imageId"), Value("source", "request.sourceImageId")],
            Commands = ["aws ec2 describe-images --image-ids {source}", "aws ec2 deregister-image --image-id {id}"],
            Needs = ["ec2:DescribeImages", "ec2:DeregisterImage"],
            Note = "Deregister it only while the first command still shows the original: a copy under a foreign key may be all that is left.",
            Example = ("""{"sourceImageId":"ami-1a1b2c3d4e5f60718","sourceRegion":"us-east-1","name":"copy"}""", """{"imageId":"ami-0a1b2c3d4e5f60718"}"""),
        },
        Made(Ec2, "export of an instance or image", "CreateInstanceExportTask", "ExportImage") with
        {
            Label = "{id}",
            Values = [Value("id", "response.exportTask.exportTaskId", "response.exportImageTaskId")],
            Commands = ["aws ec2 cancel-export-task --export-task-id {id}"],
            Needs = ["ec2:CancelExportTask"],
            Note = "An export that is done lies in the bucket that the record names: delete it there, and find out who reads that bucket.",
            Example = ("{}", """{"CreateInstanceExportTaskResponse":{"exportTask":{"exportTaskId":"export-i-0a1b2c3d4e5f60718"}}}"""),
        },
        Made(Ec2, "default VPC", "CreateDefaultVpc") with
        {
            Label = "{id}",
            Values = [Value("id", "response.vpc.vpcId")],
            Commands = ["aws ec2 describe-subnets --filters Name=vpc-id,Values={id}", "aws ec2 delete-vpc --vpc-id {id}"],
            Needs = ["ec2:DescribeSubnets", "ec2:DeleteVpc"],
            Note = "It costs nothing. Delete its subnets and its internet gateway first, once nothing of the incident runs in it.",
            Example = ("{}", """{"CreateDefaultVpcResponse":{"vpc":{"vpcId":"vpc-0a1b2c3d4e5f60718"}}}"""),
        },
        Made(Ec2, "default subnet", "CreateDefaultSubnet") with
        {
            Label = "{id}",
            Values = [Value("id", "response.subnet.subnetId")],
            Commands = ["aws ec2 delete-subnet --subnet-id {id}"],
            Needs = ["ec2:DeleteSubnet"],
            Note = "It costs nothing. Delete it once nothing of the incident runs in it.",
            Example = ("{}", """{"CreateDefaultSubnetResponse":{"subnet":{"subnetId":"subnet-0a1b2c3d4e5f60718"}}}"""),
        },
        Removed(Ec2, "snapshot", "DeleteSnapshot") with
        {
            Label = "{id}",
            Values = [Value("id", "request.snapshotId")],
            Commands = ["aws ec2 restore-snapshot-from-recycle-bin --snapshot-id {id}"],
            Needs = ["ec2:RestoreSnapshotFromRecycleBin"],
            Note = "That works where a retention rule of the Recycle Bin covers it; else it is gone.",
            Example = ("""{"snapshotId":"snap-0a1b2c3d4e5f60718"}""", "{}"),
        },
        Removed(Ec2, "VPC flow log", "DeleteFlowLogs") with
        {
            Label = "{id}",
            Values = [Value("id", "request.DeleteFlowLogsRequest.flowLogId.content", "request.DeleteFlowLogsRequest.flowLogId[].content", "request.flowLogId[]")],
            Commands =
            [
                "aws ec2 create-flow-logs --resource-type VPC --resource-ids {vpc-before} --traffic-type ALL --log-destination-type s3 "
                    + "--log-destination {bucket-arn-before}",
            ],
            Needs = ["ec2:CreateFlowLogs", "logs:CreateLogDelivery"],
            Note = "The CreateFlowLogs record or AWS Config tells what it watched and where it wrote.",
            Example = ("""{"DeleteFlowLogsRequest":{"FlowLogId":{"tag":1,"content":"fl-0a1b2c3d4e5f60718"}}}""", "{}"),
        },
        Opened(EventSources.Ec2InstanceConnect, "instance", "SendSSHPublicKey", "SendSerialConsoleSSHPublicKey") with
        {
            Label = "{id}",
            Values = [Value("id", "request.instanceId")],
            Commands = ["aws ec2 modify-instance-attribute --instance-id {id} --groups {security-group-without-rules-new}"],
            Needs = ["ec2:ModifyInstanceAttribute"],
            Note = "The key was good for a minute, and a shell that it opened stays. Closing the network ends it; keep the disk as evidence.",
            Example = ("""{"instanceId":"i-0a1b2c3d4e5f60718","instanceOSUser":"ec2-user"}""", "{}"),
        },
    ];
}
