using System.Text.Json;
using ResponseKit.Testing.Policies;

namespace ResponseKit.Infra.Tests.Documents;

/// <summary>The validator of policy documents sees what AWS refuses, and what AWS takes although it never matches.</summary>
public sealed class PolicyGrammarTests
{
    private static readonly PolicyKind Inline = PolicyKind.RoleInline;

    public static TheoryData<string, string> Malformed => new()
    {
        // ARNs.
        { Statement(resource: "arn:aws:iam:*:*:role/Shop-*"), "can match no ARN of iam" },
        { Statement(resource: "arn:aws:iam:us-east-1:111122223333:role/Shop"), "can match no ARN of iam" },
        { Statement("sqs:SendMessage", "arn:aws:sqs::111122223333:orders"), "can match no ARN of sqs" },
        { Statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1::orders"), "can match no ARN of sqs" },
        { Statement("s3:GetObject", "arn:aws:s3:eu-west-1:111122223333:orders/*"), "can match no ARN of s3" },
        { Statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1:1111:orders"), "no account where one belongs" },
        { Statement("sqs:SendMessage", "arn:aws:sqs:aws:111122223333:orders"), "no region where one belongs" },
        { Statement("sqs:SendMessage", "arn:eu-west-1:sqs:aws:111122223333:orders"), "no known partition" },
        { Statement("sqs:SendMessage", "arn:aws:s*:eu-west-1:111122223333:orders"), "wildcard for the service" },
        { Statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333"), "six parts" },
        { Statement("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:"), "names nothing" },
        { Statement("sqs:SendMessage", "orders"), "six parts" },
        { Statement(resource: "arn:aws:iam::111122223333:roles/Shop"), "can match no ARN of iam" },
        { Statement("lambda:InvokeFunction", "arn:aws:lambda:*:111122223333:function/Shop"), "can match no ARN of lambda" },
        // Actions.
        { Statement("iam:GetRolle"), "no known action" },
        { Statement("iamm:GetRole"), "no known service" },
        { Statement("GetRole"), "service:Action" },
        { Statement("iam:Get Role"), "service:Action" },
        { Statement("*:GetRole"), "no known service" },
        { Statement("lambda:CreateFunction20150331", "arn:aws:lambda:*:111122223333:function:Shop"), "no known action" },
        // What does not go together.
        { Statement("iam:GetUser", "arn:aws:iam::111122223333:role/Shop"), "on none of the resources" },
        { Statement("iam:ListUsers", "arn:aws:iam::111122223333:user/shop"), "no resource types" },
        { """{"Effect":"Deny","Action":"iam:GetRole","Resource":["arn:aws:iam::111122223333:role/Shop","arn:aws:iam::111122223333:user/shop"]}""", "None of the actions is called on" },
        // Elements.
        { """{"Effect":"Deny","Action":"iam:GetRole"}""", "Resource is missing" },
        { """{"Effect":"Deny","Resource":"*"}""", "Action is missing" },
        { """{"Effect":"deny","Action":"*","Resource":"*"}""", "Effect must be" },
        { """{"Action":"*","Resource":"*"}""", "Effect must be" },
        { """{"Effect":"Deny","Action":"*","NotAction":"iam:*","Resource":"*"}""", "exclude each other" },
        { """{"Effect":"Deny","Action":"*","Resource":"*","NotResource":"*"}""", "exclude each other" },
        { """{"Effect":"Deny","Action":[],"Resource":"*"}""", "empty list" },
        { """{"Effect":"Deny","Action":["iam:GetRole","iam:GetRole"],"Resource":"*"}""", "2 times" },
        { """{"Effect":"Deny","Action":7,"Resource":"*"}""", "neither a text" },
        { """{"Effect":"Deny","Actions":"*","Action":"*","Resource":"*"}""", "Actions is no element" },
        { """{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}""", "may not stand here" },
        { """{"Sid":"two words","Effect":"Deny","Action":"*","Resource":"*"}""", "has characters" },
        { """{"Sid":"A","Effect":"Deny","Action":"*","Resource":"*"},{"Sid":"A","Effect":"Deny","Action":"*","Resource":"*"}""", "at 2 statements" },
        // Conditions.
        { Condition("StringEqual", "aws:PrincipalAccount", "111122223333"), "no condition operator" },
        { Condition("ForSomeValues:StringEquals", "aws:TagKeys", "a"), "no condition operator" },
        { Condition("StringEquals", "iam:PolicyArns", "a"), "no known condition key" },
        { Condition("StringEquals", "aws:PrincipalTag/", "a"), "no known condition key" },
        { Condition("StringEquals", "aws:SourceAccount", "1111*"), "for a plain character" },
        { Condition("Bool", "aws:SourceAccount", "true"), "does not go with" },
        { Condition("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:role/Shop"), "does not go with" },
        { Condition("ArnLike", "aws:PrincipalArn", "arn:aws:iam:*:*:role/Shop"), "can match no ARN of iam" },
        { Condition("ArnLike", "aws:PrincipalArn", "arn:aws:sqs:eu-west-1:111122223333:orders"), "never what" },
        { Condition("ArnEquals", "iam:PolicyARN", "AWSDenyAll"), "six parts" },
        { Condition("DateLessThan", "aws:TokenIssueTime", "yesterday"), "can compare with" },
        { Condition("NumericLessThan", "s3:TlsVersion", "one"), "can compare with" },
        { Condition("IpAddress", "aws:SourceIp", "10.0.0.0/40"), "can compare with" },
        { Condition("Null", "aws:SourceVpc", "yes"), "can compare with" },
        { Condition("StringEquals", "aws:TagKeys", "a"), "many values" },
        { Condition("ForAnyValue:StringEquals", "aws:SourceAccount", "111122223333"), "has one value" },
        { """{"Effect":"Deny","Action":"*","Resource":"*","Condition":{}}""", "Condition is empty" },
        { """{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceAccount":[]}}}""", "nothing to compare" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_statement_is_seen(string statement, string problem) =>
        Assert.Contains(PolicyGrammar.Problems(Document(statement), Inline), found => found.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""", "Version must be")]
    [InlineData("""{"Version":"2008-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""", "Version must be")]
    [InlineData("""{"Version":"2012-10-17"}""", "Statement is missing")]
    [InlineData("""{"Version":"2012-10-17","Statement":[]}""", "no statement")]
    [InlineData("""{"Version":"2012-10-17","Statement":["all"]}""", "no object")]
    [InlineData("""{"Version":"2012-10-17","Statements":[]}""", "Statements is no element")]
    [InlineData("""{"Version":"2012-10-17","Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}""", "not JSON")]
    [InlineData("""{"Version":"2012-10-17","Statement":""", "not JSON")]
    [InlineData("[]", "no object")]
    public void A_malformed_document_is_seen(string document, string problem) =>
        Assert.Contains(PolicyGrammar.Problems(document, Inline), found => found.Contains(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"Effect":"Deny","Action":"*","Resource":"*"}""")]
    [InlineData("""{"Sid":"Own","Effect":"Allow","Action":["iam:Get*","iam:list*"],"Resource":"*"}""")]
    [InlineData("""{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/Break-*","arn:aws:iam::111122223333:root"]}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"arn:aws:iam::111122223333:user/${aws:username}"}""")]
    [InlineData("""{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::orders","arn:aws:s3:::orders/*"],"Condition":{"NumericGreaterThanEquals":{"s3:TlsVersion":1.2}}}""")]
    [InlineData("""{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-11-02T10:00:00.123Z"},"Bool":{"aws:ViaAWSService":false}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"ec2:RunInstances","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["team"]},"IpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]}}}""")]
    public void A_good_statement_has_no_problems(string statement) => Assert.Empty(PolicyGrammar.Problems(Document(statement), Inline));

    [Fact]
    public void A_document_that_is_too_long_for_its_place_is_seen()
    {
        string Of(int users) => Document($$"""{"Effect":"Deny","Action":"iam:GetUser","Resource":[{{string.Join(", ", Enumerable.Range(1, users).Select(at => $"\"arn:aws:iam::111122223333:user/number-{at}\""))}}]}""");
        Assert.Empty(PolicyGrammar.Problems(Of(40), PolicyKind.UserInline));
        Assert.Contains(PolicyGrammar.Problems(Of(60), PolicyKind.UserInline), problem => problem.Contains("at most 2048", StringComparison.Ordinal));
        Assert.Empty(PolicyGrammar.Problems(Of(60), PolicyKind.RoleInline));
        // IAM does not count spaces, STS does.
        var spaced = Of(10).Replace("{", "{" + new string(' ', 1_000), StringComparison.Ordinal);
        Assert.Empty(PolicyGrammar.Problems(spaced, PolicyKind.UserInline));
        Assert.Contains(PolicyGrammar.Problems(spaced, PolicyKind.Session), problem => problem.Contains("at most 2048", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}""", null)]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:role/Shop"]},"Action":["sts:AssumeRole","sts:TagSession"]}""", null)]
    [InlineData("""{"Effect":"Allow","Action":"sts:AssumeRole"}""", "Principal is missing")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::*:role/Shop"},"Action":"sts:AssumeRole"}""", "no principal of the kind AWS")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam:eu-west-1:111122223333:role/Shop"},"Action":"sts:AssumeRole"}""", "no principal of the kind AWS")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":[]},"Action":"sts:AssumeRole"}""", "names nobody")]
    [InlineData("""{"Effect":"Allow","Principal":"everybody","Action":"sts:AssumeRole"}""", "has no kind")]
    [InlineData("""{"Effect":"Allow","Principal":{"Service":"lambda"},"Action":"sts:AssumeRole"}""", "no principal of the kind Service")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"iam:GetRole"}""", "has no place in a trust policy")]
    [InlineData("""{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Resource":"*"}""", "Resource may not stand here")]
    public void A_trust_policy_says_whom_it_trusts_and_nothing_else(string statement, string? problem)
    {
        var found = PolicyGrammar.Problems(Document(statement), PolicyKind.Trust);
        if (problem is null)
            Assert.Empty(found);
        else
            Assert.Contains(found, one => one.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_policy_of_a_resource_is_about_its_own_service()
    {
        var statement = """{"Sid":"Allow them","Effect":"Allow","Principal":"*","Action":"sns:Publish","Resource":"*"}""";
        Assert.Empty(PolicyGrammar.Problems(Document(statement), PolicyKind.Topic));
        Assert.Contains(PolicyGrammar.Problems(Document(statement), PolicyKind.Queue), problem => problem.Contains("has no place in a queue policy", StringComparison.Ordinal));
        Assert.Contains(PolicyGrammar.Problems(Document(statement), PolicyKind.ServiceControl), problem => problem.Contains("may not stand here", StringComparison.Ordinal));
        Assert.Contains(
            PolicyGrammar.Problems(Document("""{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}"""), PolicyKind.Bucket),
            problem => problem.Contains("no resource of a bucket policy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a*c", "abc", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*", "", true)]
    [InlineData("role/*", "*/Shop", true)]
    [InlineData("role/Shop-*", "role/Store*", false)]
    [InlineData("*a*", "*b*", true)]
    [InlineData("a*", "*b", true)]
    [InlineData("a*b", "a?", true)]
    [InlineData("a", "b*", false)]
    public void Two_patterns_overlap_if_some_text_fits_both(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, Glob.Overlap(one, other));
        Assert.Equal(overlap, Glob.Overlap(other, one));
    }

    private static string Document(string statements) => $$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""";

    private static string Statement(string action = "iam:GetRole", string resource = "arn:aws:iam::111122223333:role/Shop") =>
        $$"""{"Effect":"Allow","Action":"{{action}}","Resource":"{{resource}}"}""";

    private static string Condition(string name, string key, string value) =>
        """{"Effect":"Deny","Action":"*","Resource":"*","Condition":""" + JsonSerializer.Serialize(new Dictionary<string, object> { [name] = new Dictionary<string, string> { [key] = value } }) + "}";
}
