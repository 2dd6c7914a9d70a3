using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// The first day of an account: its root user signs in, makes the first administrator, and never comes back; an organization, permission sets, a trail and
/// GuardDuty follow.
/// </summary>
internal sealed class NewAccount : IScript
{
    public IEnumerable<Plot> Plots => [new("new-account-bootstrap", "An account's first day, which begins as its root user", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 8, 300);
        var browser = new Place("192.0.2.8", Agents.Safari);
        var root = stage.Person(Others.Root(stage.Account, null, stage.Start, browser), stage.After(3)).Does(stage.Sts(Regions.Virginia, stage.Start).SignIn(mfa: false));
        root.As(Others.Root(stage.Account, stage.Dice.TemporaryKey(), root.Now, browser)).Pace(10, 60);
        var admin = stage.User("admin");
        var iam = stage.Iam(root.Now);
        root.Does(IamCalls.Read("GetAccountSummary"), IamCalls.Other("CreateVirtualMFADevice", new { virtualMFADeviceName = "root", path = "/" }),
            IamCalls.Other("EnableMFADevice", new { userName = "root", serialNumber = $"arn:aws:iam::{stage.Account}:mfa/root" }))
            .Does(iam.CreateGroup("Administrators"), IamCalls.AttachGroupPolicy("Administrators", IamCalls.Administrator))
            .Does(iam.CreateUser(admin), IamCalls.AddUserToGroup(admin, "Administrators"), iam.CreateLoginProfile(admin, reset: true),
                IamCalls.AttachUserPolicy(admin, IamCalls.Administrator), iam.CreateAccessKey(admin, stage.Dice.Key()))
            .Does(IamCalls.Other("CreateAccountAlias", new { accountAlias = "example-corp" }),
                IamCalls.Other("UpdateAccountPasswordPolicy", new { minimumPasswordLength = 14, requireSymbols = true }));

        var desk = new Place("192.0.2.8", Agents.Safari);
        stage.Person(admin.SigningIn(desk), root.Now.AddMinutes(5))
            .Does(stage.Sts(Regions.Virginia, root.Now).SignIn(mfa: false),
            new Call("signin", "PasswordUpdated", Regions.Virginia, null, new { PasswordUpdated = "Success" }) { EventType = "AwsConsoleSignIn" });
        var hand = stage.Person(admin.WithSession(stage.Dice.TemporaryKey(), root.Now.AddMinutes(6), mfa: false, desk, console: true), root.Now.AddMinutes(7))
            .Pace(8, 50);
        Organize(stage, hand);
        Watch(stage, hand);
        for (var pages = 0; pages < 12; pages++)
            hand.Pace(0.1, 0.6).Does(Pages.Open(stage.Dice, stage.Home)).Wait(30, 120);
        var ec2 = stage.Ec2(stage.Home);
        hand.Pace(10, 50).Does(ec2.RunInstances(new("m5.xlarge", 4) { KeyName = "first" }).Unverified(),
            stage.Other(stage.Home).RequestQuota(OtherCalls.VcpuQuotas[0], 128))
            .WaitMinutes(40, 70).Does(ec2.RunInstances(new("m5.xlarge", 4) { KeyName = "first", Protected = true }));
    }

    private static void Organize(Stage stage, Hand hand)
    {
        var home = stage.Other(stage.Home);
        hand.Does(new Call("organizations", "CreateOrganization", Regions.Virginia, new { featureSet = "ALL" },
            new { organization = new { masterAccountId = stage.Account } }))
            .HasServiceDo("organizations.amazonaws.com", stage.Iam(hand.Now).CreateServiceLinkedRole(stage.ServiceRole("organizations", "Organizations"),
                "organizations"))
            .Does(new Call("organizations", "EnablePolicyType", Regions.Virginia, new { rootId = "r-ab12", policyType = "SERVICE_CONTROL_POLICY" }),
                new Call("organizations", "EnableAWSServiceAccess", Regions.Virginia, new { servicePrincipal = "sso.amazonaws.com" }))
            .Does(home.Write("sso", "CreateInstance", null, new { instanceArn = $"arn:aws:sso:::instance/ssoins-{stage.Dice.Hex(16)}" }))
            .HasServiceDo("sso.amazonaws.com", stage.Iam(hand.Now).CreateServiceLinkedRole(stage.ServiceRole("sso", "SSO"), "sso"));
        foreach (var set in new[] { "AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess" })
        {
            var arn = $"arn:aws:sso:::permissionSet/ssoins-0/ps-{stage.Dice.Hex(16)}";
            hand.Does(home.Write("sso", "CreatePermissionSet", new { name = set, sessionDuration = "PT8H" },
                new { permissionSet = new { permissionSetArn = arn, name = set } }),
                home.Write("sso", "AttachManagedPolicyToPermissionSet", new { permissionSetArn = arn, managedPolicyArn = $"arn:aws:iam::aws:policy/{set}" }))
                .Does(home.Write("sso", "CreateAccountAssignment",
                    new { permissionSetArn = arn, targetId = stage.Account, targetType = "AWS_ACCOUNT", principalType = "GROUP", principalId = stage.Dice.Guid() }));
            var role = stage.Role($"AWSReservedSSO_{set}_{stage.Dice.Hex(16)}", "/aws-reserved/sso.amazonaws.com/");
            var service = stage.ServiceRole("sso", "SSO").AtWork("SSO-Provisioning", hand.Now, "sso.amazonaws.com");
            hand.Causes(service, 2, 8, stage.Iam(hand.Now).CreateRole(role, IamCalls.TrustedSaml(stage.Account, "AWSSSO_0f1e2d3c4b5a6978_DO_NOT_DELETE")),
                IamCalls.AttachRolePolicy(role, $"arn:aws:iam::aws:policy/{set}"));
        }

        for (var person = 0; person < 4; person++)
            hand.Does(home.Write("identitystore", "CreateUser", new { identityStoreId = "d-9067012345", userName = "HIDDEN_DUE_TO_SECURITY_REASONS" },
                new { userId = stage.Dice.Guid(), identityStoreId = "d-9067012345" }));
    }

    private static void Watch(Stage stage, Hand hand)
    {
        var home = stage.Other(stage.Home);
        hand.Does(home.CreateBucket($"org-trail-{stage.Account}"),
            home.Write("s3", "PutBucketPolicy", new { bucketName = $"org-trail-{stage.Account}", policy = "" }),
            home.CreateTrail("organization", $"org-trail-{stage.Account}"), home.StartLogging("organization"));
        foreach (var region in Regions.Default)
            hand.Pace(1, 4).Does(stage.Other(region).CreateDetector(out _),
                stage.Ec2(region).Done("EnableEbsEncryptionByDefault", new { EnableEbsEncryptionByDefaultRequest = "" }));
        hand.Pace(8, 50).Does(home.Write("budgets", "CreateBudget", new { accountId = stage.Account, budget = new { budgetName = "monthly" } }));
    }
}
