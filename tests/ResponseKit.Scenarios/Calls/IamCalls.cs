using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>IAM's calls, which CloudTrail notes in us-east-1 wherever they come from.</summary>
internal sealed class IamCalls(Stage stage, DateTimeOffset now)
{
    public const string Administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

    /// <summary>A policy that allows everything.</summary>
    public static readonly string Everything = Policy(("*", "*"));

    public static string Policy(params (string Action, string Resource)[] allowed) => Json.Text(new
    {
        Version = "2012-10-17",
        Statement = allowed.Select(entry => new { Effect = "Allow", entry.Action, entry.Resource }),
    });

    public static string TrustedService(string service) => Trust(new { Service = $"{service}.amazonaws.com" });

    public static string TrustedAccount(string account) => Trust(new { AWS = $"arn:aws:iam::{account}:root" });

    public static string TrustedProvider(string account, string provider, string subject) => Json.Text(new
    {
        Version = "2012-10-17",
        Statement = new[]
        {
            new
            {
                Effect = "Allow",
                Principal = new { Federated = $"arn:aws:iam::{account}:oidc-provider/{provider}" },
                Action = "sts:AssumeRoleWithWebIdentity",
                Condition = new { StringLike = new Dictionary<string, string> { [$"{provider}:sub"] = subject, [$"{provider}:aud"] = "sts.amazonaws.com" } },
            },
        },
    });

    /// <summary>What the console's "Revoke sessions" attaches.</summary>
    public static string RevokeOlderSessions(string before) => Json.Text(new
    {
        Version = "2012-10-17",
        Statement = new[]
        {
            new
            {
                Effect = "Deny", Action = new[] { "*" }, Resource = new[] { "*" },
                Condition = new { DateLessThan = new Dictionary<string, string> { ["aws:TokenIssueTime"] = before } },
            },
        },
    });

    /// <summary>As the roles of permission sets have it.</summary>
    public static string TrustedSaml(string account, string provider) => Json.Text(new
    {
        Version = "2012-10-17",
        Statement = new[]
        {
            new
            {
                Effect = "Allow", Principal = new { Federated = $"arn:aws:iam::{account}:saml-provider/{provider}" },
                Action = new[] { "sts:AssumeRoleWithSAML", "sts:TagSession" },
                Condition = new { StringEquals = new Dictionary<string, string> { ["SAML:aud"] = "https://signin.aws.amazon.com/saml" } },
            },
        },
    });

    private static string Trust(object principal) =>
        Json.Text(new { Version = "2012-10-17", Statement = new[] { new { Effect = "Allow", Principal = principal, Action = "sts:AssumeRole" } } });

    public static Call Read(string name, object? request = null) => Call.Read("iam", name, Regions.Virginia, request);

    private static Call Write(string name, object? request, object? response = null) => new("iam", name, Regions.Virginia, request, response);

    public Call CreateUser(IamUser user, object? tags = null) => Write(
        "CreateUser",
        new { userName = user.Name, path = user.Path == "/" ? null : user.Path, tags },
        new { user = new { path = user.Path, userName = user.Name, userId = user.Id, arn = user.Arn, createDate = Times.Spoken(now), tags } });

    public static Call DeleteUser(IamUser user) => Write("DeleteUser", new { userName = user.Name });

    /// <summary>A key for a user. For themselves, people often leave the name out.</summary>
    public Call CreateAccessKey(IamUser user, string key, bool forSelf = false) => Write(
        "CreateAccessKey",
        forSelf ? null : new { userName = user.Name },
        new { accessKey = new { userName = user.Name, accessKeyId = key, status = "Active", createDate = Times.Spoken(now) } });

    public static Call UpdateAccessKey(IamUser user, string key, string status) =>
        Write("UpdateAccessKey", new { userName = user.Name, accessKeyId = key, status });

    public static Call DeleteAccessKey(IamUser user, string key) => Write("DeleteAccessKey", new { userName = user.Name, accessKeyId = key });

    public static Call AttachUserPolicy(IamUser user, string policy) => Write("AttachUserPolicy", new { userName = user.Name, policyArn = policy });

    public static Call DetachUserPolicy(IamUser user, string policy) => Write("DetachUserPolicy", new { userName = user.Name, policyArn = policy });

    public static Call PutUserPolicy(IamUser user, string name, string document) =>
        Write("PutUserPolicy", new { userName = user.Name, policyName = name, policyDocument = document });

    public static Call AddUserToGroup(IamUser user, string group) => Write("AddUserToGroup", new { groupName = group, userName = user.Name });

    public Call CreateGroup(string group) => Write(
        "CreateGroup",
        new { groupName = group },
        new
        {
            group = new
            {
                path = "/",
                groupName = group,
                groupId = stage.Dice.UniqueId("AGPA"),
                arn = $"arn:aws:iam::{stage.Account}:group/{group}",
                createDate = Times.Spoken(now),
            },
        });

    public static Call AttachGroupPolicy(string group, string policy) => Write("AttachGroupPolicy", new { groupName = group, policyArn = policy });

    public Call CreateLoginProfile(IamUser user, bool reset) => Write(
        "CreateLoginProfile",
        new { userName = user.Name, passwordResetRequired = reset },
        new { loginProfile = new { userName = user.Name, createDate = Times.Spoken(now), passwordResetRequired = reset } });

    public static Call UpdateLoginProfile(IamUser user) => Write("UpdateLoginProfile", new { userName = user.Name });

    public static Call DeleteLoginProfile(IamUser user) => Write("DeleteLoginProfile", new { userName = user.Name });

    public Call CreateRole(IamRole role, string trust, string? description = null) => Write(
        "CreateRole",
        new
        {
            path = role.Path == "/" ? null : role.Path,
            roleName = role.Name,
            assumeRolePolicyDocument = trust,
            description,
            maxSessionDuration = description is null ? (int?)null : 3600
        },
        new
        {
            role = new
            {
                path = role.Path,
                roleName = role.Name,
                roleId = role.Id,
                arn = role.Arn,
                createDate = Times.Spoken(now),
                assumeRolePolicyDocument = Json.Encoded(trust),
            },
        });

    public static Call DeleteRole(IamRole role) => Write("DeleteRole", new { roleName = role.Name });

    public static Call AttachRolePolicy(IamRole role, string policy) => Write("AttachRolePolicy", new { roleName = role.Name, policyArn = policy });

    public static Call DetachRolePolicy(IamRole role, string policy) => Write("DetachRolePolicy", new { roleName = role.Name, policyArn = policy });

    public static Call PutRolePolicy(IamRole role, string name, string document) =>
        Write("PutRolePolicy", new { roleName = role.Name, policyName = name, policyDocument = document });

    public static Call DeleteRolePolicy(IamRole role, string name) => Write("DeleteRolePolicy", new { roleName = role.Name, policyName = name });

    public static Call UpdateAssumeRolePolicy(IamRole role, string trust) => Write("UpdateAssumeRolePolicy", new { roleName = role.Name, policyDocument = trust });

    public Call CreatePolicy(string name, string document) => Write(
        "CreatePolicy",
        new { policyName = name, policyDocument = document },
        new
        {
            policy = new
            {
                policyName = name,
                policyId = stage.Dice.UniqueId("ANPA"),
                arn = $"arn:aws:iam::{stage.Account}:policy/{name}",
                path = "/",
                defaultVersionId = "v1",
                attachmentCount = 0,
                permissionsBoundaryUsageCount = 0,
                isAttachable = true,
                createDate = Times.Spoken(now),
                updateDate = Times.Spoken(now),
            },
        });

    public Call DeletePolicy(string name) => Write("DeletePolicy", new { policyArn = $"arn:aws:iam::{stage.Account}:policy/{name}" });

    public Call CreateInstanceProfile(IamRole role) => Write(
        "CreateInstanceProfile",
        new { instanceProfileName = role.Name },
        new
        {
            instanceProfile = new
            {
                path = "/",
                instanceProfileName = role.Name,
                instanceProfileId = stage.Dice.UniqueId("AIPA"),
                arn = $"arn:aws:iam::{stage.Account}:instance-profile/{role.Name}",
                createDate = Times.Spoken(now),
                roles = Array.Empty<object>(),
            },
        });

    public static Call AddRoleToInstanceProfile(IamRole role) => Write("AddRoleToInstanceProfile", new { instanceProfileName = role.Name, roleName = role.Name });

    /// <summary>The request's odd spelling is CloudTrail's.</summary>
    public Call CreateServiceLinkedRole(IamRole role, string service) => Write(
        "CreateServiceLinkedRole",
        new { aWSServiceName = $"{service}.amazonaws.com" },
        new
        {
            role = new
            {
                path = role.Path,
                roleName = role.Name,
                roleId = role.Id,
                arn = role.Arn,
                createDate = Times.Spoken(now),
                assumeRolePolicyDocument = Json.Encoded(TrustedService(service)),
            },
        });

    public Call CreateOpenIdConnectProvider(string provider) => Write(
        "CreateOpenIDConnectProvider",
        new { url = $"https://{provider}", clientIDList = new[] { "sts.amazonaws.com" } },
        new { openIDConnectProviderArn = $"arn:aws:iam::{stage.Account}:oidc-provider/{provider}" });

    public static Call Other(string name, object? request) => Write(name, request);
}
