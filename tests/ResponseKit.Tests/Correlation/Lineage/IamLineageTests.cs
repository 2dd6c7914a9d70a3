using ResponseKit.Tests.Records;

namespace ResponseKit.Tests.Correlation.Lineage;

public sealed class IamLineageTests
{
    private const string Thief = "arn:aws:iam::111122223333:user/ci-bot";
    private const string Iam = "arn:aws:iam::111122223333:";

    private static Sample Call(string operation, string request, string response = "null") => Sample.Of("iam", operation, request, response);

    [Fact]
    public void A_made_user_belongs_to_the_case_and_so_does_what_he_does()
    {
        var sample = Call("CreateUser", """{"userName":"backup","path":"/x/"}""");
        Assert.Equal([$"Created {Iam}user/x/backup"], Read.Lineage(sample));
        Assert.Equal([$"{Iam}user/backup -> {Thief}"], Read.Links(sample));
        Assert.Equal([$"Created {Iam}user/backup"], Read.Lineage(Call("CreateUser", """{"userName":"backup"}""")));
    }

    [Fact]
    public void Who_is_known_by_a_new_name_is_who_was_known_by_the_old_one()
    {
        Assert.Equal([$"{Iam}user/old-bot -> {Thief}"], Read.Links(Call("UpdateUser", """{"userName":"ci-bot","newUserName":"old-bot"}""")));
        Assert.Equal([$"{Iam}user/service -> {Iam}user/backup"], Read.Links(Call("UpdateUser", """{"userName":"backup","newUserName":"service"}""")));
        Assert.Empty(Read.Links(Call("UpdateUser", """{"userName":"backup","newPath":"/x/"}""")));
        Assert.Empty(Read.Links(Call("UpdateUser", """{"userName":"backup","newUserName":"backup"}""")));
    }

    [Fact]
    public void A_made_role_belongs_to_the_case_and_so_does_what_it_does()
    {
        var sample = Call("CreateRole", """{"roleName":"lambda-x","path":"/","assumeRolePolicyDocument":"{}"}""");
        Assert.Equal([$"Created {Iam}role/lambda-x"], Read.Lineage(sample));
        Assert.Equal([$"{Iam}role/lambda-x -> {Thief}"], Read.Links(sample));
    }

    [Fact]
    public void A_key_for_another_user_is_made_and_counts_to_its_maker()
    {
        var sample = Call("CreateAccessKey", """{"userName":"bob"}""", """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE77","userName":"bob","status":"Active"}}""");
        Assert.Equal([$"Created {Iam}access-key/bob/AKIAEXAMPLEEXAMPLE77"], Read.Lineage(sample));
        Assert.Equal([$"AKIAEXAMPLEEXAMPLE77 -> {Thief}"], Read.Links(sample));
    }

    [Theory]
    [InlineData("null", """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE77","userName":"ci-bot"}}""")]
    [InlineData("null", """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE77"}}""")]
    [InlineData("""{"userName":"ci-bot"}""", """{"accessKey":{"accessKeyId":"AKIAEXAMPLEEXAMPLE77"}}""")]
    public void A_key_for_oneself_is_made_without_the_name_being_said(string request, string response)
    {
        var sample = Call("CreateAccessKey", request, response);
        Assert.Equal([$"Created {Iam}access-key/ci-bot/AKIAEXAMPLEEXAMPLE77"], Read.Lineage(sample));
        Assert.Empty(Read.Links(sample));
    }

    [Fact]
    public void A_key_that_is_not_told_makes_nothing()
    {
        Assert.Empty(Read.Lineage(Call("CreateAccessKey", """{"userName":"bob"}""")));
        Assert.Empty(Read.Links(Call("CreateAccessKey", """{"userName":"bob"}""")));
    }

    [Theory]
    [InlineData("UpdateLoginProfile")]
    [InlineData("AttachUserPolicy")]
    [InlineData("PutUserPolicy")]
    [InlineData("AddUserToGroup")]
    public void Another_user_who_is_given_something_is_altered_and_oneself_is_not(string operation)
    {
        Assert.Equal([$"Altered {Iam}user/bob"], Read.Lineage(Call(operation, """{"userName":"bob"}""")));
        Assert.Empty(Read.Lineage(Call(operation, """{"userName":"ci-bot"}""")));
        Assert.Empty(Read.Links(Call(operation, """{"userName":"bob"}""")));
    }

    [Theory]
    [InlineData("CreateServiceSpecificCredential", "serviceSpecificCredential", "serviceSpecificCredentialId", "service-credential")]
    [InlineData("UploadSSHPublicKey", "sSHPublicKey", "sSHPublicKeyId", "ssh-key")]
    [InlineData("UploadSigningCertificate", "certificate", "certificateId", "signing-certificate")]
    public void A_credential_that_was_made_is_known_by_its_user_and_id(string operation, string member, string id, string sort)
    {
        var answer = $$$"""{"{{{member}}}":{"{{{id}}}":"APKAEXAMPLEEXAMPLE77"}}""";
        Assert.Equal([$"Created {Iam}credential/bob/{sort}/APKAEXAMPLEEXAMPLE77"], Read.Lineage(Call(operation, """{"userName":"bob"}""", answer)));
        Assert.Equal([$"Created {Iam}credential/ci-bot/{sort}/APKAEXAMPLEEXAMPLE77"], Read.Lineage(Call(operation, "null", answer)));
        Assert.Empty(Read.Lineage(Call(operation, """{"userName":"bob"}""")));
        Assert.Empty(Read.Lineage(Call(operation, """{"userName":"bob"}""", answer.Replace("APKAEXAMPLEEXAMPLE77", "a/../b", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("UpdateAccessKey", "accessKeyId", "access-key")]
    [InlineData("UpdateServiceSpecificCredential", "serviceSpecificCredentialId", "service-credential")]
    [InlineData("UpdateSSHPublicKey", "sSHPublicKeyId", "ssh-key")]
    [InlineData("UpdateSigningCertificate", "certificateId", "signing-certificate")]
    public void A_credential_that_was_switched_on_is_altered_and_one_that_was_switched_off_is_not(string operation, string id, string sort)
    {
        var request = $$"""{"userName":"bob","{{id}}":"AKIAEXAMPLEEXAMPLE77","status":"Active"}""";
        Assert.Equal([$"Altered {Iam}credential/bob/{sort}/AKIAEXAMPLEEXAMPLE77"], Read.Lineage(Call(operation, request)));
        Assert.Empty(Read.Lineage(Call(operation, request.Replace("Active", "Inactive", StringComparison.Ordinal))));
        Assert.Empty(Read.Lineage(Call(operation, """{"userName":"bob","status":"Active"}""")));
    }

    [Fact]
    public void A_trust_policy_is_altered_and_not_the_role() =>
        Assert.Equal([$"Altered {Iam}role-trust/deploy"], Read.Lineage(Call("UpdateAssumeRolePolicy", """{"roleName":"deploy"}""")));

    [Theory]
    [InlineData("SetDefaultPolicyVersion", """{"policyArn":"arn:aws:iam::111122223333:policy/team/web","versionId":"v1"}""", true)]
    [InlineData("CreatePolicyVersion", """{"policyArn":"arn:aws:iam::111122223333:policy/team/web","setAsDefault":true}""", true)]
    [InlineData("CreatePolicyVersion", """{"policyArn":"arn:aws:iam::111122223333:policy/team/web"}""", false)]
    [InlineData("SetDefaultPolicyVersion", """{"policyArn":"arn:aws:iam::999988887777:policy/web","versionId":"v1"}""", false)]
    public void A_managed_policy_is_altered_by_what_sets_its_default_version(string operation, string request, bool altered) =>
        Assert.Equal(altered ? [$"Altered {Iam}policy/team/web"] : [], Read.Lineage(Call(operation, request)));

    [Fact]
    public void A_password_that_was_made_is_its_users()
    {
        Assert.Equal([$"Created {Iam}login-profile/bob"], Read.Lineage(Call("CreateLoginProfile", """{"userName":"bob"}""")));
        Assert.Equal([$"Created {Iam}login-profile/ci-bot"], Read.Lineage(Call("CreateLoginProfile", "null")));
    }

    [Theory]
    [InlineData("AttachRolePolicy")]
    [InlineData("PutRolePolicy")]
    public void Another_role_that_is_given_something_is_altered_and_the_own_is_not(string operation)
    {
        var sample = Call(operation, """{"roleName":"deploy"}""");
        Assert.Equal([$"Altered {Iam}role/deploy"], Read.Lineage(sample));
        Assert.Empty(Read.Lineage(sample with { Identity = Identities.Role("deploy") }));
    }

    [Theory]
    [InlineData("CreateUser", "null")]
    [InlineData("CreateUser", """{"userName":7}""")]
    [InlineData("CreateUser", """{"userName":"*"}""")]
    [InlineData("CreateUser", """{"userName":"arn:aws:iam::999988887777:user/x"}""")]
    [InlineData("DeleteUser", """{"userName":"bob"}""")]
    public void Whatever_else_makes_nothing(string operation, string request)
    {
        Assert.Empty(Read.Lineage(Call(operation, request)));
        Assert.Empty(Read.Links(Call(operation, request)));
    }

    [Fact]
    public void A_path_that_cannot_be_is_left_out() =>
        Assert.Equal([$"Created {Iam}user/backup"], Read.Lineage(Call("CreateUser", """{"userName":"backup","path":"no path"}""")));
}
