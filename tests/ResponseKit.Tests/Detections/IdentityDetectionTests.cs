using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

/// <summary>Corners of the rules about identities that an example does not show well.</summary>
public sealed class IdentityDetectionTests
{
    [Fact]
    public void Deployers_may_make_identities_and_nothing_else() => Assert.Equal(
        [
            "iam.access-key-created", "iam.group-joined", "iam.lambda-role-created", "iam.login-profile-set", "iam.role-created", "iam.user-created",
        ],
        DetectionCatalogue.All.Select(detection => detection.Descriptor).Where(descriptor => descriptor.DeployersMay).Select(descriptor => descriptor.Id));

    [Theory]
    [InlineData("GetObject", null)]
    [InlineData("ListBuckets", null)]
    [InlineData("PutBucketPolicy", "root.used")]
    public void Where_it_is_not_recorded_the_name_tells_whether_the_root_user_read(string operation, string? finds)
    {
        var json = (DetectionExample.Match("x", "s3.amazonaws.com", operation) with { Identity = DetectionExample.RootUser }).ToRecordJson();
        Assert.Equal(finds, Found(json.Replace("\"readOnly\":false,", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Another_account_s_root_user_is_not_this_account_s()
    {
        var other = DetectionExample.RootUser.Replace("111122223333", "999988887777", StringComparison.Ordinal);
        Assert.Null(Found((DetectionExample.Match("x", "s3.amazonaws.com", "PutObject") with { Identity = other }).ToRecordJson()));
    }

    [Theory]
    [InlineData("role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0a1b2c3d4e5f6071", null)]
    [InlineData("role/AWSReservedSSO_Admin_0a1b2c3d4e5f6071", "signin.federated-console")]
    public void A_name_like_Identity_Center_s_is_no_excuse_for_a_console_link(string role, string? finds)
    {
        var identity = DetectionExample.RoleSession.Replace("role/deploy", role, StringComparison.Ordinal);
        Assert.Equal(finds, Found((DetectionExample.Match("x", "signin.amazonaws.com", "GetSigninToken") with { Identity = identity }).ToRecordJson()));
    }

    [Theory]
    [InlineData("https://oidc.eks.eu-west-1.amazonaws.com/id/0A1B", 5)]
    [InlineData("https://oidc.eks.cn-north-1.amazonaws.com.cn/id/0A1B", 5)]
    [InlineData("https://oidc.eks.eu-west-1.amazonaws.com.example.net/id/0A1B", 20)]
    [InlineData("https://example.net/oidc.eks.eu-west-1.amazonaws.com", 20)]
    [InlineData("https://token.actions.githubusercontent.com", 20)]
    public void Only_a_cluster_s_provider_is_everyday_work(string url, int weight) => Assert.Equal(
        weight, Look("iam.identity-provider-added", "iam.amazonaws.com", "CreateOpenIDConnectProvider", $$"""{"url":"{{url}}"}""")?.Weight);

    [Theory]
    [InlineData("ResponseKit-Triage", true)]
    [InlineData("responsekit-triage", true)]
    [InlineData("111122223333:function:ResponseKit-Triage:live", true)]
    [InlineData("my-ResponseKit", false)]
    [InlineData("worker", false)]
    public void Knows_ResponseKit_s_parts_by_name_or_ARN(string function, bool isOwn) => Assert.Equal(
        isOwn, Look("responsekit.tampered", "lambda.amazonaws.com", "DeleteFunction20150331", $$"""{"functionName":"{{function}}"}""") is not null);

    private static Finding? Look(string id, string source, string name, string request) =>
        Examples.Detection(id).Look(DetectionExample.Match("x", source, name, request).Record());

    private static string? Found(string json)
    {
        var record = Examples.Parse(json);
        return DetectionCatalogue.All.SingleOrDefault(detection => detection.Look(record) is not null)?.Descriptor.Id;
    }
}
