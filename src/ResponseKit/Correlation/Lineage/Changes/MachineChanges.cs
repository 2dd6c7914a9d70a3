using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using static ResponseKit.Correlation.Lineage.Changes.Row;

namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>EC2 instances, and what launches them.</summary>
public sealed class MachineChanges : IChangeRules
{
    private const string Ec2 = EventSources.Ec2;

    /// <inheritdoc/>
    public ImmutableArray<ChangeRule> Rules { get; } =
    [
        Made(Ec2, "EC2 instance", "RunInstances") with
        {
            Actions = ["ec2.terminate-instances", "ec2.release-instance-protection"],
            Example = ("{}", """{"instancesSet":{"items":[{"instanceId":"i-0a1b2c3d4e5f60718"}]}}"""),
        },
        Made(Ec2, "EC2 fleet", "CreateFleet") with
        {
            Actions = ["ec2.end-fleet"],
            Note = "Its instances end with it; those that it launched at once are also ended by ec2.terminate-instances.",
            Example = ("""{"CreateFleetRequest":{}}""", """{"CreateFleetResponse":{"fleetId":"fleet-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}}"""),
        },
        Made(Ec2, "Spot fleet request", "RequestSpotFleet") with
        {
            Actions = ["ec2.end-spot-fleet"],
            Note = "Its instances end with it, whatever its role may still do.",
            Example = ("{}", """{"spotFleetRequestId":"sfr-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f"}"""),
        },
        Made(Ec2, "Spot request", "RequestSpotInstances") with
        {
            Actions = ["ec2.cancel-spot-requests"],
            Note = "Its instance ends with it.",
            Example = ("{}", """{"spotInstanceRequestSet":{"items":[{"spotInstanceRequestId":"sir-0a1b2c3d"},{"spotInstanceRequestId":"sir-1a1b2c3d"}]}}"""),
        },
        Enlarged(Ec2, "EC2 fleet", "ModifyFleet") with
        {
            Label = "{id}",
            Values = [Value("id", "request.ModifyFleetRequest.fleetId", "request.fleetId")],
            About = (ResourceKind.Fleet, "{id}"),
            Commands =
            [
                "aws ec2 describe-fleets --fleet-ids {id}",
                "aws ec2 modify-fleet --fleet-id {id} --excess-capacity-termination-policy termination --target-capacity-specification TotalTargetCapacity={capacity-before}",
            ],
            Needs = ["ec2:DescribeFleets", "ec2:ModifyFleet"],
            Note = "No record tells the capacity that it had: ask its owner, or look in AWS Config.",
            Example = ("""{"ModifyFleetRequest":{"FleetId":"fleet-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f","TargetCapacitySpecification":{"TotalTargetCapacity":50}}}""", "{}"),
        },
        Enlarged(Ec2, "Spot fleet request", "ModifySpotFleetRequest") with
        {
            Label = "{id}",
            Values = [Value("id", "request.spotFleetRequestId")],
            About = (ResourceKind.SpotFleet, "{id}"),
            Commands =
            [
                "aws ec2 describe-spot-fleet-requests --spot-fleet-request-ids {id}",
                "aws ec2 modify-spot-fleet-request --spot-fleet-request-id {id} --excess-capacity-termination-policy default --target-capacity {capacity-before}",
            ],
            Needs = ["ec2:DescribeSpotFleetRequests", "ec2:ModifySpotFleetRequest"],
            Note = "No record tells the capacity that it had: ask its owner, or look in AWS Config.",
            Example = ("""{"spotFleetRequestId":"sfr-0a1b2c3d-0000-1111-2222-0a1b2c3d4e5f","targetCapacity":50}""", "{}"),
        },
        Made(Ec2, "launch template", "CreateLaunchTemplate") with
        {
            Label = "{id}",
            Values = [Value("id", "response.launchTemplate.launchTemplateId")],
            About = (ResourceKind.LaunchTemplate, "{id}"),
            Commands = ["aws ec2 describe-launch-template-versions --launch-template-id {id}", "aws ec2 delete-launch-template --launch-template-id {id}"],
            Needs = ["ec2:DescribeLaunchTemplateVersions", "ec2:DeleteLaunchTemplate"],
            Note = "Keep what the first command shows: its start-up script is evidence.",
            Example = ("{}", """{"CreateLaunchTemplateResponse":{"launchTemplate":{"launchTemplateId":"lt-0a1b2c3d4e5f60718"}}}"""),
        },
        Altered(Ec2, "launch template", "CreateLaunchTemplateVersion") with
        {
            Label = "{id} version {version}",
            Values = [Value("id", "response.launchTemplateVersion.launchTemplateId"), Value("version", "response.launchTemplateVersion.versionNumber")],
            About = (ResourceKind.LaunchTemplate, "{id}"),
            Commands =
            [
                "aws ec2 describe-launch-template-versions --launch-template-id {id}",
                "aws ec2 modify-launch-template --launch-template-id {id} --default-version {version-before}",
                "aws ec2 delete-launch-template-versions --launch-template-id {id} --versions {version}",
            ],
            Needs = ["ec2:DescribeLaunchTemplateVersions", "ec2:ModifyLaunchTemplate", "ec2:DeleteLaunchTemplateVersions"],
            Note = "Keep what the first command shows, and see which version was the default before. Groups that use $Latest take the new version at their next launch.",
            Example = ("{}", """{"CreateLaunchTemplateVersionResponse":{"launchTemplateVersion":{"launchTemplateId":"lt-0a1b2c3d4e5f60718","versionNumber":2}}}"""),
        },
        Altered(Ec2, "termination or stop protection of an instance", "ModifyInstanceAttribute") with
        {
            Aspect = "protection",
            When = record => IsSet(record.Request["disableApiTermination"]) || IsSet(record.Request["disableApiStop"]),
            Actions = ["ec2.release-instance-protection"],
            Note = "Released only where the actor launched the instance, or where it was off before the incident.",
            Example = ("""{"instanceId":"i-0a1b2c3d4e5f60718","disableApiTermination":{"value":true}}""", "{}"),
        },
        Altered(Ec2, "instance", "ModifyInstanceAttribute") with
        {
            Aspect = "type",
            Label = "{id}",
            When = record => record.Request["instanceType"].IsPresent || record.Request["attribute"].Text == "instanceType",
            Values = [Value("id", "request.instanceId")],
            About = (ResourceKind.Instance, "{id}"),
            Commands =
            [
                "aws ec2 stop-instances --instance-ids {id}",
                "aws ec2 modify-instance-attribute --instance-id {id} --attribute instanceType --value {type-before}",
                "aws ec2 start-instances --instance-ids {id}",
            ],
            Needs = ["ec2:StopInstances", "ec2:ModifyInstanceAttribute", "ec2:StartInstances"],
            Note = "It is of another type now. An earlier RunInstances or ModifyInstanceAttribute in CloudTrail, or AWS Config, tells which it had.",
            Example = ("""{"instanceId":"i-0a1b2c3d4e5f60718","instanceType":{"value":"p4d.24xlarge"}}""", "{}"),
        },
        Altered(Ec2, "start-up script of an instance", "ModifyInstanceAttribute") with
        {
            Aspect = "user-data",
            Label = "{id}",
            When = record => record.Request["userData"].IsPresent || record.Request["attribute"].Text == "userData",
            Values = [Value("id", "request.instanceId")],
            About = (ResourceKind.Instance, "{id}"),
            Commands =
            [
                "aws ec2 describe-instance-attribute --instance-id {id} --attribute userData",
                "aws ec2 stop-instances --instance-ids {id}",
                "aws ec2 modify-instance-attribute --instance-id {id} --attribute userData --value {script-before}",
            ],
            Needs = ["ec2:DescribeInstanceAttribute", "ec2:StopInstances", "ec2:ModifyInstanceAttribute"],
            Note = "Keep what the first command shows as evidence. The script runs at the next start: do not start the instance before it is put back.",
            Example = ("""{"instanceId":"i-0a1b2c3d4e5f60718","userData":"<sensitiveDataRemoved>"}""", "{}"),
        },
        Altered(Ec2, "instance profile of an instance", "AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation") with
        {
            Label = "{id}",
            Values =
            [
                Value("association", "response.iamInstanceProfileAssociation.associationId"), Value("id", "response.iamInstanceProfileAssociation.instanceId"),
            ],
            About = (ResourceKind.Instance, "{id}"),
            Commands =
            [
                "aws ec2 replace-iam-instance-profile-association --association-id {association} --iam-instance-profile Name={profile-before}",
                "aws ec2 disassociate-iam-instance-profile --association-id {association}",
            ],
            Needs = ["ec2:ReplaceIamInstanceProfileAssociation", "iam:PassRole", "ec2:DisassociateIamInstanceProfile"],
            Note = "The first command where the instance had a profile before, else the second. Programs on the instance keep the role's session for up to six hours.",
            Example = (
                "{}",
                """{"iamInstanceProfileAssociation":{"associationId":"iip-assoc-0a1b2c3d4e5f60718","instanceId":"i-0a1b2c3d4e5f60718"}}"""),
        },
        Made(Ec2, "capacity reservation", "CreateCapacityReservation") with
        {
            Label = "{id}",
            Values = [Value("id", "response.capacityReservation.capacityReservationId")],
            Commands = ["aws ec2 cancel-capacity-reservation --capacity-reservation-id {id}"],
            Needs = ["ec2:CancelCapacityReservation"],
            Note = "It is paid for whether or not anything runs in it.",
            Example = ("{}", """{"CreateCapacityReservationResponse":{"capacityReservation":{"capacityReservationId":"cr-0a1b2c3d4e5f60718"}}}"""),
        },
        Made(Ec2, "Dedicated Host", "AllocateHosts") with
        {
            Label = "{id}",
            Values = [Value("id", "response.hostIdSet[]")],
            Commands = ["aws ec2 release-hosts --host-ids {id}"],
            Needs = ["ec2:ReleaseHosts"],
            Note = "It is paid for until it is released, and can be released once no instance is on it.",
            Example = ("{}", """{"AllocateHostsResponse":{"hostIdSet":{"item":["h-0a1b2c3d4e5f60718","h-1a1b2c3d4e5f60718"]}}}"""),
        },
        Made(Ec2, "Dedicated Host reservation", "PurchaseHostReservation") with
        {
            Commands = ["aws ec2 describe-host-reservations"],
            Needs = ["ec2:DescribeHostReservations"],
            Note = "It was bought and cannot be cancelled: open a case with AWS Support for billing at once, and name the incident.",
        },
        Made(Ec2, "capacity block", "PurchaseCapacityBlock") with
        {
            Label = "{id}",
            Values = [Value("id", "response.capacityReservation.capacityReservationId")],
            Commands = ["aws ec2 describe-capacity-reservations --capacity-reservation-ids {id}"],
            Needs = ["ec2:DescribeCapacityReservations"],
            Note = "It was paid in advance and cannot be cancelled: open a case with AWS Support for billing at once, and name the incident.",
            Example = ("{}", """{"PurchaseCapacityBlockResponse":{"capacityReservation":{"capacityReservationId":"cr-0a1b2c3d4e5f60718"}}}"""),
        },
    ];
}
