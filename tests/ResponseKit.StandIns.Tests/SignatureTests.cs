using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using Amazon.ServiceQuotas.Model;
using ResponseKit.StandIns.Tests.Wire;

namespace ResponseKit.StandIns.Tests;

public sealed class SignatureTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Fact]
    public async Task A_form_is_signed()
    {
        await using var server = new AnsweringServer(Answer.Xml("<R/>"));
        using var iam = server.Iam();

        await iam.PutUserPolicyAsync(new PutUserPolicyRequest("ci-bot", "p", """{"Statement":[{"Sid":"ü +&=%~*"}]}"""));

        AssertSigned(server.Request, "us-east-1/iam/aws4_request");
    }

    [Fact]
    public async Task A_path_and_a_query_string_are_signed()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var lambda = server.Lambda();

        await lambda.GetPolicyAsync(new Amazon.Lambda.Model.GetPolicyRequest { FunctionName = "arn:aws:lambda:x:1:function:f", Qualifier = "a b+c~*" });

        AssertSigned(server.Request, "us-east-1/lambda/aws4_request");
    }

    [Fact]
    public async Task Json_is_signed_under_the_services_signing_name()
    {
        await using var server = new AnsweringServer(Answer.Json("{}"));
        using var quotas = server.Quotas();

        await quotas.GetServiceQuotaAsync(new GetServiceQuotaRequest { ServiceCode = "ec2", QuotaCode = "L" });

        AssertSigned(server.Request, "us-east-1/servicequotas/aws4_request");
    }

    [Fact]
    public async Task A_session_token_is_sent_and_signed()
    {
        await using var server = new AnsweringServer(Answer.Xml("<R/>"));
        using var ec2 = new AmazonEC2Client(
            new SessionAWSCredentials("ASIAEXAMPLE", Secret, "token+/="), server.Configure(new AmazonEC2Config()));

        await ec2.DescribeRegionsAsync();

        Assert.Equal("token+/=", server.Request.Headers["X-Amz-Security-Token"]);
        Assert.Contains("x-amz-security-token", SignatureV4.Parts(server.Request.Headers["Authorization"])["SignedHeaders"], StringComparison.Ordinal);
        AssertSigned(server.Request, "us-east-1/ec2/aws4_request");
    }

    [Fact]
    public async Task The_authentication_region_counts_where_the_address_names_none()
    {
        await using var server = new AnsweringServer(Answer.Xml("<R/>"));
        var config = server.Configure(new AmazonEC2Config());
        config.AuthenticationRegion = "eu-central-1";
        using var ec2 = new AmazonEC2Client(Clients.Key, config);

        await ec2.DescribeTagsAsync(new DescribeTagsRequest());

        AssertSigned(server.Request, "eu-central-1/ec2/aws4_request");
    }

    private static void AssertSigned(ReceivedRequest request, string scope)
    {
        var given = SignatureV4.Parts(request.Headers["Authorization"]);
        Assert.EndsWith("/" + scope, given["Credential"], StringComparison.Ordinal);
        Assert.Equal(SignatureV4.Recompute(request, Secret), given["Signature"]);
    }
}
