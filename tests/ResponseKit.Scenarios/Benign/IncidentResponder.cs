using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// Somebody responds to a false alarm by the book: evidence is kept safe (protected against termination, volumes copied), instances are cut off and stopped, a user is
/// denied everything, and later set free.
/// </summary>
internal sealed class IncidentResponder : IScript
{
    public IEnumerable<Plot> Plots => [new("incident-responder", "A responder secures evidence and contains by hand", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 6, 700);
        var role = stage.Role("AWSReservedSSO_IncidentResponse_" + stage.Dice.Hex(16), "/aws-reserved/sso.amazonaws.com/");
        var place = new Place("192.0.2.33", Agents.CliOnMac);
        var responder = stage.Person(role.Session("ines.prado@corp.example", stage.Dice.TemporaryKey(), stage.After(30), place), stage.After(32)).Pace(4, 40);
        var ec2 = stage.Ec2(stage.Home);
        var suspect = stage.User("reports-export");
        string[] instances = [.. Enumerable.Range(0, 5).Select(_ => stage.Dice.Ec2Id("i"))];
        responder.Does(stage.Sts(stage.Home, responder.Now).WhoAmI(), Call.Read("guardduty", "ListFindings", stage.Home),
            Call.Read("guardduty", "GetFindings", stage.Home), Call.Read("cloudtrail", "LookupEvents", stage.Home))
            .Does(IamCalls.Read("ListUsers"), IamCalls.Read("ListAccessKeys", new { userName = suspect.Name }), IamCalls.Read("GetAccessKeyLastUsed"),
                IamCalls.Read("ListAttachedUserPolicies", new { userName = suspect.Name }))
            .Does(instances.Select(id => ec2.DescribeInstances(id)))
            .Does(instances.Select(id => ec2.Protect(id)))
            .Does(instances.Select(id => ec2.ProtectFromStop(id)).Take(2));
        foreach (var id in instances)
        {
            responder.Does(
                ec2.Tag(id, "incident", "2026-017"),
                ec2.Write("CreateSnapshots",
                    new
                    {
                        CreateSnapshotsRequest = new
                        {
                            InstanceSpecification = new { InstanceId = id, ExcludeBootVolume = false },
                            Description = "incident 2026-017"
                        }
                    }),
                ec2.Done("ModifyInstanceAttribute", new { instanceId = id, groupSet = new { items = new[] { new { groupId = "sg-0aa11bb22cc33dd44" } } } }));
        }

        responder.Does(ec2.StopInstances(instances.Skip(2).ToArray()))
            .Does(IamCalls.UpdateAccessKey(suspect, stage.Dice.Key(), "Inactive"), IamCalls.AttachUserPolicy(suspect, "arn:aws:iam::aws:policy/AWSDenyAll"))
            .Does(IamCalls.PutRolePolicy(stage.Role("web-instance"), "AWSRevokeOlderSessions",
                IamCalls.RevokeOlderSessions("2026-03-10T09:02:00Z")))
            .Does(stage.AutoScaling(stage.Home).Suspend("web", "Launch", "ReplaceUnhealthy", "Terminate"), stage.AutoScaling(stage.Home).UpdateGroup("web", 0, 0, 0))
            .Does(stage.Ecs(stage.Home).StopTask("main", "incident 2026-017"), stage.Ecs(stage.Home).UpdateService("main", "jobs", 0))
            .Does(stage.Other(stage.Home).Write("lambda", "PutFunctionConcurrency20171031", new { functionName = "thumbnails", reservedConcurrentExecutions = 0 }))
            .WaitMinutes(90, 140);
        responder.Does(IamCalls.DetachUserPolicy(suspect, "arn:aws:iam::aws:policy/AWSDenyAll"),
            IamCalls.DeleteRolePolicy(stage.Role("web-instance"), "AWSRevokeOlderSessions"))
            .Does(stage.AutoScaling(stage.Home).Resume("web", "Launch", "ReplaceUnhealthy", "Terminate"), stage.AutoScaling(stage.Home).UpdateGroup("web", 2, 8, 3))
            .Does(ec2.StartInstances(instances.Skip(2).ToArray())).Does(instances.Select(id => ec2.Protect(id, on: false)));
    }
}
