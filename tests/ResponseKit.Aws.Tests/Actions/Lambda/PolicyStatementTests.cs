using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Aws.Actions.Lambda;

namespace ResponseKit.Aws.Tests.Actions.Lambda;

public sealed class PolicyStatementTests
{
    [Theory]
    [InlineData(""" "Principal":"*" """)]
    [InlineData(""" "Principal":{"AWS":"*"} """)]
    [InlineData(""" "Principal":{"AWS":["111122223333","*"]} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"Bool":{"lambda:InvokedViaFunctionUrl":"true"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::*"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:sns:*:*:*"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringNotEquals":{"AWS:SourceAccount":"111122223333"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringEqualsIfExists":{"AWS:SourceAccount":"111122223333"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringEquals":{"AWS:SourceAccount":[]}} """)]
    public void Is_public_when_nothing_narrows_who_may_call(string members) => Assert.True(PolicyStatement.IsPublic(Statement(members)));

    [Theory]
    [InlineData(""" "Principal":{"AWS":"arn:aws:iam::111122223333:root"} """)]
    [InlineData(""" "Principal":{"Service":"s3.amazonaws.com"} """)]
    [InlineData(""" "Principal":{"Service":"*"} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringEquals":{"AWS:SourceAccount":"111122223333"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":["111122223333","444455556666"]}} """)]
    [InlineData(""" "Principal":"*","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:us-east-1:111122223333:*/*"}} """)]
    [InlineData(""" "Principal":"*","Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:s3:::invoices"}} """)]
    public void Is_private_when_a_principal_or_a_condition_narrows_it(string members) => Assert.False(PolicyStatement.IsPublic(Statement(members)));

    [Fact]
    public void A_denial_is_not_public() => Assert.False(PolicyStatement.IsPublic(
        (JsonObject)JsonNode.Parse("""{"Effect":"Deny","Principal":"*","Action":"lambda:InvokeFunction"}""")!));

    [Fact]
    public void A_statement_with_a_condition_that_cannot_be_asked_for_is_not_made_into_a_request() =>
        Assert.Null(PolicyStatement.ToRequest(Statement(""" "Principal":"*","Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}} """)));

    [Fact]
    public void Reads_any_text_without_failing() =>
        Prop.ForAll<string>(text => PolicyStatement.AllIn(text).Count == 0).QuickCheckThrowOnFailure();

    private static JsonObject Statement(string members) =>
        (JsonObject)JsonNode.Parse($$"""{"Sid":"x","Effect":"Allow","Action":"lambda:InvokeFunction",{{members}}}""")!;
}
