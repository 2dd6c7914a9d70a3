using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// A platform team's program makes accounts in an organization, and goes into each by the role that AWS makes there: roles that trust the management account, a
/// trail, GuardDuty, and the default networks of seventeen regions removed. The records are of many accounts.
/// </summary>
internal sealed class AccountVending : IScript
{
    public IEnumerable<Plot> Plots => [new("org-account-vending", "Accounts are made and furnished by a program, eight in a day", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 9, 1400);
        for (var index = 0; index < 8; index++)
            Make(stage, stage.Elsewhere(), stage.After(25 + (index * 60)), $"team-{index + 11}");
    }

    private static void Make(Stage management, Stage member, DateTimeOffset start, string name)
    {
        var role = management.Role("account-vending", "/platform/");
        var key = management.Dice.TemporaryKey();
        management.Person(Others.Service("lambda.amazonaws.com"), start).Does(management.Sts(Regions.Virginia, start).AssumeRole(role, "account-vending", key));
        var place = new Place("203.0.113.105", Agents.Boto3InLambda);
        var hand = management.Person(role.Session("account-vending", key, start, place), start.AddSeconds(2)).Pace(1, 5);
        var id = $"car-{management.Dice.Hex(32)}";
        hand.Does(Organizations("CreateAccount", new
        {
            accountName = "HIDDEN_DUE_TO_SECURITY_REASONS",
            email = "HIDDEN_DUE_TO_SECURITY_REASONS",
            iamUserAccessToBilling = "ALLOW"
        }, new { createAccountStatus = new { id, state = "IN_PROGRESS" } }));
        for (var polls = 0; polls < 6; polls++)
            hand.Wait(10, 15).Does(Call.Read("organizations", "DescribeCreateAccountStatus", Regions.Virginia, new { createAccountRequestId = id }));
        management.Person(Others.ServiceItself(management.Account, "organizations.amazonaws.com"), hand.Now).Does(
            new Call("organizations", "CreateAccountResult", Regions.Virginia)
            {
                EventType = "AwsServiceEvent",
                ServiceDetails = new { createAccountStatus = new { id, state = "SUCCEEDED", accountId = member.Account } }
            });
        hand.Does(Organizations("MoveAccount", new { accountId = member.Account, sourceParentId = "r-ab12", destinationParentId = "ou-ab12-workload" }),
            Organizations("AttachPolicy", new { policyId = "p-guardrail", targetId = member.Account }));

        var access = member.Role("OrganizationAccountAccessRole");
        var session = management.Dice.TemporaryKey();
        hand.DoesAcross(member, $"{role.Id}:account-vending", management.Sts(Regions.Virginia, hand.Now).AssumeRole(access, name, session, 3600));
        Furnish(management, member, member.Person(access.Session(name, session, hand.Now, place), hand.Now.AddSeconds(1)).Pace(0.2, 1));
    }

    private static Call Organizations(string name, object request, object? response = null) => new("organizations", name, Regions.Virginia, request, response);

    private static void Furnish(Stage management, Stage member, Hand hand)
    {
        var iam = member.Iam(hand.Now);
        foreach (var (name, policy) in new[] { ("platform-admin", IamCalls.Administrator), ("platform-audit", "arn:aws:iam::aws:policy/SecurityAudit"),
            ("platform-billing", "arn:aws:iam::aws:policy/job-function/Billing") })
        {
            var role = member.Role(name, "/platform/");
            hand.Does(iam.CreateRole(role, IamCalls.TrustedAccount(management.Account), "Made by account vending"), IamCalls.AttachRolePolicy(role, policy),
                IamCalls.Read("GetRole", new { roleName = name }));
        }

        hand.Does(IamCalls.Other("CreateAccountAlias", new { accountAlias = $"example-{hand.Caller.Account}" }),
            IamCalls.Other("CreateSAMLProvider", new { name = "corp", sAMLMetadataDocument = "HIDDEN_DUE_TO_SECURITY_REASONS" }));
        foreach (var region in Regions.Default)
        {
            var ec2 = member.Ec2(region);
            var (vpc, gateway) = (member.Dice.Ec2Id("vpc"), member.Dice.Ec2Id("igw"));
            hand.Does(ec2.Read("DescribeVpcs"), ec2.Read("DescribeSubnets"))
                .Does(Enumerable.Range(0, 3).Select(_ => ec2.Done("DeleteSubnet", new { subnetId = member.Dice.Ec2Id("subnet") })))
                .Does(ec2.Done("DetachInternetGateway", new { internetGatewayId = gateway, vpcId = vpc }),
                    ec2.Done("DeleteInternetGateway", new { internetGatewayId = gateway }), ec2.Done("DeleteVpc", new { vpcId = vpc }))
                .Does(member.Other(region).CreateDetector(out _));
        }

        var home = member.Other(member.Home);
        hand.Does(home.CreateTrail("local", $"org-trail-{management.Account}"), home.StartLogging("local"), home.RequestQuota(OtherCalls.VcpuQuotas[0], 128),
            home.PutRule("forward-findings", """{"source":["aws.guardduty"]}"""));
    }
}
