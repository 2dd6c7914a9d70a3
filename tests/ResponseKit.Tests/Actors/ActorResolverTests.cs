using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Actors;

public sealed class ActorResolverTests
{
    private const string Account = Sample.Account;

    private static Actor Of(string identity, string request = "null", string region = "us-east-1") =>
        (new Sample { Identity = identity, Request = request, Region = region }).Record().Actor;

    [Fact]
    public void An_IAM_user_is_himself_whatever_his_path()
    {
        var actor = Assert.IsType<Actor.User>(Of(Identities.User("bob", path: "/ops/eu/")));
        Assert.Equal(("arn:aws:iam::111122223333:user/bob", "/ops/eu/"), (actor.Key, actor.Path));
        Assert.Equal(new Actor.User(Account, "bob"), actor);
    }

    [Fact]
    public void A_session_from_GetSessionToken_is_its_user() =>
        Assert.Equal(new Actor.User(Account, "ci-bot"), Of(Identities.User(key: "ASIAEXAMPLEEXAMPLE00")));

    [Fact]
    public void A_sign_in_names_the_user_without_an_ARN() => Assert.Equal(
        new Actor.User(Account, "bob", "aws-us-gov"), Of($$"""{"type":"IAMUser","userName":"bob","accountId":"{{Account}}"}""", region: "us-gov-west-1"));

    [Theory]
    [InlineData("""{"type":"IAMUser","userName":"HIDDEN_DUE_TO_SECURITY_REASONS","accountId":"111122223333"}""")]
    [InlineData("""{"type":"IAMUser","accountId":"111122223333"}""")]
    [InlineData("""{"type":"IAMUser","accountId":"111122223333","userName":"a/b"}""")]
    [InlineData("""{"type":"IAMUser","arn":"arn:aws:iam::111122223333:role/x","userName":"x","accountId":"111122223333"}""")]
    [InlineData("""{"type":"IAMUser","arn":"nonsense","userName":"x","accountId":"111122223333"}""")]
    public void A_user_that_cannot_be_read_is_for_a_person(string identity) => Assert.IsType<Actor.Unknown>(Of(identity));

    [Fact]
    public void A_role_session_is_the_role_with_its_path_and_never_the_session()
    {
        var actor = Assert.IsType<Actor.Role>(Of(Identities.Role("deploy", "/ci/", session: "arn:aws:iam::111122223333:role/innocent")));
        Assert.Equal(("arn:aws:iam::111122223333:role/deploy", "/ci/"), (actor.Key, actor.Path));
        Assert.False(actor.IsServiceLinked || actor.IsPermissionSet);
    }

    [Fact]
    public void A_role_session_without_its_issuer_is_the_role_of_the_session_ARN() => Assert.Equal(
        new Actor.Role(Account, "deploy"),
        Of($$"""{"type":"AssumedRole","arn":"arn:aws:sts::{{Account}}:assumed-role/deploy/job","accountId":"{{Account}}"}"""));

    [Theory]
    [InlineData("arn:aws:sts::111122223333:federated-user/deploy/job")]
    [InlineData("arn:aws:iam::111122223333:assumed-role/deploy/job")]
    [InlineData("arn:aws:sts::111122223333:assumed-role/deploy")]
    [InlineData("arn:aws:sts::111122223333:assumed-role//job")]
    public void A_session_that_cannot_be_read_is_for_a_person(string arn) =>
        Assert.IsType<Actor.Unknown>(Of($$"""{"type":"AssumedRole","arn":"{{arn}}","accountId":"{{Account}}"}"""));

    [Theory]
    [InlineData("arn:aws:iam::111122223333:group/x")]
    [InlineData("arn:aws:iam:us-east-1:111122223333:role/x")]
    [InlineData("arn:aws:sts::111122223333:role/x")]
    [InlineData("arn:aws:iam:::role/x")]
    [InlineData("arn:aws:iam::11 11:role/x")]
    [InlineData("arn:aws:iam::111122223333:role")]
    [InlineData("arn:aws:iam::111122223333:role/")]
    [InlineData("arn:aws:iam::111122223333:role/a b")]
    [InlineData("arn:aws:iam::111122223333:user/x")]
    [InlineData("")]
    public void A_session_whose_issuer_is_no_role_is_that_of_the_role_in_its_own_ARN_whose_path_is_not_known(string arn)
    {
        var identity = Identities.Role(path: "/ci/").Replace("arn:aws:iam::111122223333:role/ci/deploy", arn);
        Assert.Equal(("arn:aws:iam::111122223333:role/deploy", null), (Of(identity).Key, Assert.IsType<Actor.Role>(Of(identity)).Path));
        Assert.IsType<Actor.Unknown>(Of(identity.Replace("assumed-role/", "federated-user/")));
    }

    [Fact]
    public void A_session_whose_issuer_says_nothing_is_that_of_the_role_in_its_own_ARN() => Assert.Equal(
        new Actor.Role(Account, "deploy"),
        Of($$"""{"type":"AssumedRole","arn":"arn:aws:sts::{{Account}}:assumed-role/deploy/job","accountId":"{{Account}}","sessionContext":{"sessionIssuer":{"userName":"x"} } }"""));

    [Fact]
    public void A_service_linked_role_is_known_by_its_path()
    {
        var identity = Identities.Role("AWSServiceRoleForAutoScaling", "/aws-service-role/autoscaling.amazonaws.com/");
        Assert.True(Assert.IsType<Actor.Role>(Of(identity)).IsServiceLinked);
        Assert.False(Assert.IsType<Actor.Role>(Of(Identities.Role("AWSServiceRoleForMining"))).IsServiceLinked);
    }

    [Fact]
    public void A_permission_set_s_role_is_known() => Assert.True(
        Assert.IsType<Actor.Role>(Of(Identities.Role("AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/eu-west-1/"))).IsPermissionSet);

    [Fact]
    public void A_call_forwarded_by_a_service_is_still_the_person_s() => Assert.Equal(
        new Actor.Role(Account, "deploy"), Of(Identities.Role().Replace("\"type\":\"AssumedRole\"", "\"type\":\"AssumedRole\",\"invokedBy\":\"cloudformation.amazonaws.com\"")));

    [Fact]
    public void A_session_of_GetFederationToken_is_the_issuing_user() =>
        Assert.Equal(new Actor.User(Account, "ci-bot"), Of(Identities.Federated("IAMUser", $"arn:aws:iam::{Account}:user/ci-bot")));

    [Fact]
    public void A_session_of_GetFederationToken_by_root_is_root() =>
        Assert.Equal(new Actor.Root(Account), Of(Identities.Federated("Root", $"arn:aws:iam::{Account}:root")));

    [Theory]
    [InlineData("AssumedRole", "role session")]
    [InlineData("FederatedUser", "federated session")]
    public void A_session_whose_issuer_cannot_be_read_says_so(string type, string words)
    {
        var actor = Of($$"""{"type":"{{type}}","accountId":"{{Account}}","sessionContext":{"sessionIssuer":{"arn":"x"} } }""");
        Assert.Contains(words, Assert.IsType<Actor.Unknown>(actor).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Root_is_root() => Assert.Equal(
        new Actor.Root(Account, "aws-cn"), Of($$"""{"type":"Root","principalId":"{{Account}}","arn":"arn:aws-cn:iam::{{Account}}:root","accountId":"{{Account}}"}"""));

    [Theory]
    [InlineData("WebIdentityUser")]
    [InlineData("SAMLUser")]
    public void A_federated_identity_is_the_role_it_asked_for(string type)
    {
        var identity = $$"""{"type":"{{type}}","principalId":"x","userName":"someone"}""";
        Assert.Equal(new Actor.Role(Account, "web"), Of(identity, $$"""{"roleArn":"arn:aws:iam::{{Account}}:role/app/web"}"""));
        Assert.IsType<Actor.Unknown>(Of(identity));
        Assert.IsType<Actor.Unknown>(Of(identity, $$"""{"roleArn":"arn:aws:iam::{{Account}}:user/web"}"""));
        var refused = Sample.Of("sts", "AssumeRoleWithWebIdentity", $$"""{"roleArn":"arn:aws:iam::{{Account}}:role/app/web"}""") with { Identity = identity, ErrorCode = "AccessDenied" };
        Assert.IsType<Actor.Unknown>(refused.Record().Actor);
    }

    [Fact]
    public void An_Identity_Center_user_is_the_person()
    {
        const string Identity = """{"type":"IdentityCenterUser","accountId":"111122223333","onBehalfOf":{"userId":"9067-1","identityStoreArn":"arn:aws:identitystore::111122223333:identitystore/d-1"}}""";
        Assert.Equal(new Actor.IdentityCenterUser(Account, "9067-1", "arn:aws:identitystore::111122223333:identitystore/d-1"), Of(Identity));
        Assert.IsType<Actor.Unknown>(Of(Identity.Replace("9067-1", "")));
        Assert.IsType<Actor.Unknown>(Of(Identity.Replace("9067-1", "a\\nb")));
    }

    [Theory]
    [InlineData("""{"type":"AWSService","invokedBy":"autoscaling.amazonaws.com"}""")]
    [InlineData("""{"accountId":"111122223333","invokedBy":"autoscaling.amazonaws.com"}""")]
    [InlineData("""{"type":"AssumedRole","accountId":"111122223333","invokedBy":"autoscaling.amazonaws.com"}""")]
    public void A_service_is_a_service(string identity) => Assert.Equal(new Actor.Service(Account, "autoscaling.amazonaws.com"), Of(identity));

    [Fact]
    public void Another_account_is_external() => Assert.Equal(
        new Actor.External("999988887777", "AIDAFOREIGN"), Of("""{"type":"AWSAccount","accountId":"999988887777","principalId":"AIDAFOREIGN"}"""));

    [Theory]
    [InlineData("""{"type":"AWSAccount","accountId":"111122223333","principalId":"AIDA"}""")]
    [InlineData("""{"type":"AWSAccount","accountId":"x"}""")]
    [InlineData("""{"type":"Unknown"}""")]
    [InlineData("""{"type":"Directory"}""")]
    [InlineData("""{"type":"Role"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"root\"")]
    public void Whatever_else_there_is_is_for_a_person(string identity) => Assert.IsType<Actor.Unknown>(Of(identity));

    [Fact]
    public void A_principal_of_another_account_is_never_contained_in_this_one()
    {
        Assert.Equal("999988887777", Assert.IsType<Actor.External>(Of(Identities.User(account: "999988887777"))).Account);
        Assert.IsType<Actor.External>(Of(Identities.Role(account: "999988887777")));
        Assert.IsType<Actor.External>(Of("""{"type":"Root","accountId":"999988887777"}"""));
    }

    [Fact]
    public void An_actor_is_found_again_by_his_key()
    {
        Actor[] actors =
        [
            new Actor.User(Account, "bob"), new Actor.Role(Account, "deploy", "/", "aws-cn"), new Actor.Root(Account),
            new Actor.External("999988887777", "AROA:se:ssion"), new Actor.IdentityCenterUser("", "9067-1", null), new Actor.Service("", "ec2.amazonaws.com"),
        ];
        Assert.All(actors, actor => Assert.Equal(actor, ActorResolver.FromKey(actor.Key)));
        Assert.Null(Assert.IsType<Actor.Role>(ActorResolver.FromKey("arn:aws:iam::111122223333:role/deploy")).Path);
        Assert.Equal("unknown:111122223333", ActorResolver.FromKey("unknown:111122223333").Key);
        Assert.IsType<Actor.Unknown>(ActorResolver.FromKey("nonsense"));
    }

    [Fact]
    public void A_copy_with_another_name_is_another_actor()
    {
        var (user, role) = (new Actor.User("111122223333", "one") { Path = "/ops/" }, new Actor.Role("111122223333", "one", "/ops/"));
        Assert.Equal(("arn:aws:iam::111122223333:user/one", "arn:aws:iam::111122223333:role/one"), (user.Key, role.Key));
        Assert.Equal(("arn:aws:iam::111122223333:user/two", "/ops/"), ((user with { Name = "two" }).Key, (user with { Name = "two" }).Path));
        Assert.Equal(("arn:aws-cn:iam::111122223333:role/one", "/ops/"), ((role with { Partition = "aws-cn" }).Key, (role with { Partition = "aws-cn" }).Path));
    }
}
