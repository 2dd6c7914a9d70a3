using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>Sessions and sign-ins. Who gets a session is told by the answer, so the key must be the one that is used later.</summary>
internal sealed class StsCalls(Stage stage, string region, DateTimeOffset now)
{
    public Call WhoAmI() => Call.Read("sts", "GetCallerIdentity", region);

    private object Credentials(string key, double hours) =>
        new { accessKeyId = key, sessionToken = "<sensitiveDataRemoved>", expiration = Times.Spoken(now.AddHours(hours)) };

    /// <summary>To CloudTrail this only reads.</summary>
    public Call AssumeRole(IamRole role, string session, string key, int? seconds = null, string? externalId = null) => new(
        "sts",
        "AssumeRole",
        region,
        new { roleArn = role.Arn, roleSessionName = session, durationSeconds = seconds, externalId },
        new
        {
            credentials = Credentials(key, (seconds ?? 3600) / 3600.0),
            assumedRoleUser = new { assumedRoleId = $"{role.Id}:{session}", arn = role.SessionArn(session) }
        })
    {
        ReadOnly = true,
        Resources = new[] { new { ARN = role.Arn, accountId = role.Account, type = "AWS::IAM::Role" } },
    };

    public Call AssumeRoleWithWebIdentity(IamRole role, string session, string key, string provider, string subject) => new(
        "sts",
        "AssumeRoleWithWebIdentity",
        region,
        new { roleArn = role.Arn, roleSessionName = session, durationSeconds = 3600 },
        new
        {
            credentials = Credentials(key, 1),
            subjectFromWebIdentityToken = subject,
            provider = $"arn:aws:iam::{stage.Account}:oidc-provider/{provider}",
            audience = "sts.amazonaws.com",
            assumedRoleUser = new { assumedRoleId = $"{role.Id}:{session}", arn = role.SessionArn(session) },
        })
    {
        ReadOnly = true,
        Resources = new[] { new { ARN = role.Arn, accountId = role.Account, type = "AWS::IAM::Role" } },
    };

    public Call GetSessionToken(string key, int? seconds = null, string? mfa = null) => new(
        "sts", "GetSessionToken", region, new { durationSeconds = seconds, serialNumber = mfa }, new { credentials = Credentials(key, (seconds ?? 43200) / 3600.0) });

    public Call GetFederationToken(string name, string key, string policy) => new(
        "sts",
        "GetFederationToken",
        region,
        new { name, policy },
        new
        {
            credentials = Credentials(key, 12),
            packedPolicySize = 4,
            federatedUser = new { federatedUserId = $"{stage.Account}:{name}", arn = $"arn:aws:sts::{stage.Account}:federated-user/{name}" },
        });

    /// <summary>A sign-in with a password. CloudTrail tells failures by the answer, without an error code.</summary>
    public Call SignIn(bool mfa, bool failing = false) => new("signin", "ConsoleLogin", region, null, new { ConsoleLogin = failing ? "Failure" : "Success" })
    {
        ErrorMessage = failing ? "Failed authentication" : null,
        EventType = "AwsConsoleSignIn",
        Additional = new { LoginTo = $"https://console.aws.amazon.com/console/home?region={region}", MobileVersion = "No", MFAUsed = mfa ? "Yes" : "No" },
    };

    /// <summary>The first of the two steps from a session of the API into the console.</summary>
    public Call GetSigninToken(string key) => new("signin", "GetSigninToken", region, null, new { credentials = new { accessKeyId = key }, GetSigninToken = "Success" })
    {
        EventType = "AwsConsoleSignIn",
        Additional = new { MobileVersion = "No", MFAUsed = "No" },
    };
}
