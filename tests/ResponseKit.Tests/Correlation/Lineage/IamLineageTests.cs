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
    [InlineData("CreateLoginProfile")]
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
    [InlineData("AttachRolePolicy")]
    [InlineData("PutRolePolicy")]
    [InlineData("UpdateAssumeRolePolicy")]
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
