namespace ResponseKit.Scenarios.Making;

/// <summary>An IAM user, and the credentials it can be seen with.</summary>
internal sealed record IamUser(string Account, string Name, string Id, string Path = "/")
{
    public string Arn => $"arn:aws:iam::{Account}:user{Path}{Name}";

    public Caller WithKey(string key, Place place) => new(
        Arn, Account, Arn, new { type = "IAMUser", principalId = Id, arn = Arn, accountId = Account, accessKeyId = key, userName = Name }, place);

    /// <summary>In the console, or with the credentials of GetSessionToken: a temporary key, and still the user.</summary>
    public Caller WithSession(string key, DateTimeOffset since, bool mfa, Place place, bool console = false) => new(
        Arn, Account, Arn,
        new
        {
            type = "IAMUser",
            principalId = Id,
            arn = Arn,
            accountId = Account,
            accessKeyId = key,
            userName = Name,
            sessionContext = new { attributes = new { creationDate = Times.Iso(since), mfaAuthenticated = mfa ? "true" : "false" } },
        },
        place)
    { InConsole = console };

    /// <summary>The session of GetFederationToken, in the console or not.</summary>
    public Caller Federated(string name, string key, DateTimeOffset since, Place place, bool console = false)
    {
        var arn = $"arn:aws:sts::{Account}:federated-user/{name}";
        return new(
            Arn, Account, arn,
            new
            {
                type = "FederatedUser",
                principalId = $"{Account}:{name}",
                arn,
                accountId = Account,
                accessKeyId = key,
                sessionContext = new
                {
                    sessionIssuer = new { type = "IAMUser", principalId = Id, arn = Arn, accountId = Account, userName = Name },
                    attributes = new { creationDate = Times.Iso(since), mfaAuthenticated = "false" },
                },
            },
            place)
        { InConsole = console };
    }

    /// <summary>Without a key, as a sign-in shows the user.</summary>
    public Caller SigningIn(Place place) => new(
        Arn, Account, Arn, new { type = "IAMUser", principalId = Id, arn = Arn, accountId = Account, userName = Name }, place);
}

/// <summary>An IAM role, and the sessions it can be seen in.</summary>
internal sealed record IamRole(string Account, string Name, string Id, string Path = "/")
{
    public string Arn => $"arn:aws:iam::{Account}:role{Path}{Name}";

    public string SessionArn(string session) => $"arn:aws:sts::{Account}:assumed-role/{Name}/{session}";

    public Caller Session(string session, string key, DateTimeOffset since, Place place, object? extra = null, string? mfa = null) =>
        new(Arn, Account, SessionArn(session), Identity(session, key, since, extra, mfa, null), place);

    /// <summary>The session of an instance, named after it. CloudTrail tells how it got its credentials: 2.0 is IMDSv2.</summary>
    public Caller OnInstance(string instance, string key, DateTimeOffset since, Place place) =>
        Session(instance, key, since, place, new { ec2RoleDelivery = "2.0" });

    /// <summary>A service-linked role at work: the service stands for address and program, and there often is no key.</summary>
    public Caller AtWork(string session, DateTimeOffset since, string service) =>
        new(Arn, Account, SessionArn(session), Identity(session, null, since, null, null, service), new(service, service));

    private object Identity(string session, string? key, DateTimeOffset since, object? extra, string? mfa, string? invokedBy)
    {
        var context = Json.Of(extra ?? new { })!.AsObject();
        context["sessionIssuer"] = Json.Of(new { type = "Role", principalId = Id, arn = Arn, accountId = Account, userName = Name });
        context["attributes"] = Json.Of(new { creationDate = Times.Iso(since), mfaAuthenticated = mfa ?? "false" });
        return new
        {
            type = "AssumedRole",
            principalId = $"{Id}:{session}",
            arn = SessionArn(session),
            accountId = Account,
            accessKeyId = key,
            sessionContext = context,
            invokedBy,
        };
    }
}

/// <summary>Callers that are neither a user nor a role of the account.</summary>
internal static class Others
{
    public static Caller Service(string service) => new(service, "", null, new { type = "AWSService", invokedBy = service }, new(service, service));

    /// <summary>A service that tells of itself (<c>AwsServiceEvent</c>): its identity has an account and no type.</summary>
    public static Caller ServiceItself(string account, string service) =>
        new(service, account, null, new { accountId = account, invokedBy = service }, new(service, service));

    public static Caller Root(string account, string? key, DateTimeOffset since, Place place)
    {
        var arn = $"arn:aws:iam::{account}:root";
        return new(
            arn, account, arn,
            new
            {
                type = "Root",
                principalId = account,
                arn,
                accountId = account,
                accessKeyId = key,
                sessionContext = key is null ? null : new { attributes = new { creationDate = Times.Iso(since), mfaAuthenticated = "true" } },
            },
            place)
        { InConsole = key is not null };
    }

    /// <summary>An identity of another account, as the owner of the role that it takes on sees it.</summary>
    public static Caller Foreign(string account, string principalId, Place place) =>
        new($"arn:aws:iam::{account}:root", account, null, new { type = "AWSAccount", principalId, accountId = account }, place);

    /// <summary>Whom an OpenID Connect provider vouches for, when it takes on a role: of the account's principals, that role is behind the call.</summary>
    public static Caller WebIdentity(IamRole role, string provider, string subject, Place place) => new(
        role.Arn, role.Account, null,
        new { type = "WebIdentityUser", principalId = $"{provider}:sts.amazonaws.com:{subject}", userName = subject, identityProvider = provider }, place);
}
