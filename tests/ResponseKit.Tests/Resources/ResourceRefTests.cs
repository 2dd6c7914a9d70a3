using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Resources;

namespace ResponseKit.Tests.Resources;

public sealed class ResourceRefTests
{
    private const string Account = "111122223333";

    internal static Gen<ResourceRef> Any =>
        from kind in Gen.Elements(ResourceKind.All.ToArray())
        from account in Properties.Account
        from region in Properties.Region
        from name in NameOf(kind)
        select ResourceRef.Of(kind, account, region, name);

    internal static Gen<string> NameOf(ResourceKind kind) => kind.Id switch
    {
        "ec2-instance" => Properties.TextOf("0123456789abcdef", 17, 17).Select(id => "i-" + id),
        "iam-credential" => from user in Properties.Name
                            from sort in Gen.Elements("access-key", "ssh-key", "service-credential", "signing-certificate")
                            from id in Properties.TextOf("ABC234", 16, 20)
                            select $"{user}/{sort}/APKA{id}",
        "iam-login-profile" => Properties.Name,
        "iam-access-key" => from user in Properties.Name from key in Properties.TextOf("ABC234", 16, 20) select $"{user}/AKIA{key}",
        "ecs-service" or "ecs-task" => from cluster in Properties.Name from name in Properties.Name select $"{cluster}/{name}",
        "ecs-task-definition" => from family in Properties.Name from revision in Gen.Choose(1, 99) select $"{family}:{revision}",
        "auto-scaling-group" => Properties.TextOf("abc*?/-_.", 1, 20),
        _ => Properties.Name,
    };

    [Fact]
    public void Reading_the_ARN_that_was_written_gives_the_same() =>
        Properties.Holds(Any, resource => resource.Equals(ResourceRef.Parse(resource.Kind, resource.ToArn(), "", "")));

    [Fact]
    public void The_ARN_alone_tells_the_kind() => Properties.Holds(Any, resource => resource.Equals(ResourceRef.FromArn(resource.ToArn())));

    [Fact]
    public void Reading_the_name_gives_the_same() => Properties.Holds(
        from resource in Any from region in Properties.Region select (resource with { Region = resource.Kind.IsGlobal ? "" : region, Partition = Arn.PartitionOf(region) }, region),
        pair => pair.Item1.Equals(ResourceRef.Parse(pair.Item1.Kind, pair.Item1.Name, pair.Item1.Account, pair.region)));

    [Fact]
    public void No_hostile_text_becomes_a_name_that_could_harm() => Properties.Holds(
        from kind in Gen.Elements(ResourceKind.All.ToArray()) from text in Properties.Hostile select (kind, text),
        pair => ResourceRef.Parse(pair.kind, pair.text, Account, "us-east-1") is not { } read || read.Name.All(character => character is > ' ' and <= '~'));

    [Fact]
    public void The_path_is_kept_but_does_not_tell_users_apart()
    {
        var withPath = ResourceRef.Parse(ResourceKind.IamUser, "arn:aws:iam::111122223333:user/ops/eu/bob", "", "");
        var bare = ResourceRef.Parse(ResourceKind.IamUser, "bob", Account, "us-east-1");
        Assert.Equal(bare, withPath);
        Assert.Equal(bare!.GetHashCode(), withPath!.GetHashCode());
        Assert.Equal(("/ops/eu/", null), (withPath.Path, bare.Path));
        Assert.Equal("arn:aws:iam::111122223333:user/bob", withPath.ToArn());
        Assert.Equal("arn:aws:iam::111122223333:user/ops/eu/bob", withPath.ToFullArn());
        Assert.Equal(bare.ToArn(), bare.ToFullArn());
    }

    [Fact]
    public void Resources_differ_in_every_part()
    {
        var one = ResourceRef.Of(ResourceKind.EcsCluster, Account, "us-east-1", "a");
        ResourceRef[] others =
        [
            one with { Name = "b" }, one with { Account = "999988887777" }, one with { Region = "us-east-2" }, one with { Partition = "aws-cn" },
            one with { Kind = ResourceKind.LaunchTemplate },
        ];
        Assert.All(others, other => Assert.NotEqual(one, other));
        Assert.False(one.Equals(null));
    }

    [Theory]
    [InlineData("lambda-function", "arn:aws:lambda:eu-west-1:111122223333:function:f:PROD", "f")]
    [InlineData("auto-scaling-group", "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1-2-3:autoScalingGroupName/web", "web")]
    [InlineData("iam-role", "arn:aws:iam::111122223333:role/service-role/r", "r")]
    public void Qualifier_unique_id_and_path_are_dropped(string kind, string arn, string name) =>
        Assert.Equal(name, ResourceRef.Parse(ResourceKind.Find(kind)!, arn, "", "")?.Name);

    [Theory]
    [InlineData("iam-user", "arn:aws:iam::111122223333:role/x")]
    [InlineData("iam-user", "arn:aws:ec2::111122223333:user/x")]
    [InlineData("iam-user", "two words")]
    [InlineData("iam-user", "x/y")]
    [InlineData("iam-user", "arn:aws:iam::111122223333:user/")]
    [InlineData("iam-user", "*")]
    [InlineData("iam-access-key", "AKIAEXAMPLEEXAMPLE00")]
    [InlineData("iam-access-key", "bob/short")]
    [InlineData("iam-credential", "bob/APKAEXAMPLEEXAMPLE00")]
    [InlineData("iam-credential", "bob/password/APKAEXAMPLEEXAMPLE00")]
    [InlineData("iam-credential", "bob/ssh-key/a-b")]
    [InlineData("iam-credential", "bob/access-key/short")]
    [InlineData("iam-credential", "b ob/ssh-key/APKAEXAMPLEEXAMPLE00")]
    [InlineData("iam-login-profile", "bob/x")]
    [InlineData("iam-role-trust", "deploy/x")]
    [InlineData("iam-access-key", "b ob/AKIAEXAMPLEEXAMPLE00")]
    [InlineData("ec2-instance", "i-123")]
    [InlineData("ec2-instance", "i-0123456789ABCDEF0")]
    [InlineData("ec2-instance", "x-0123456789abcdef0")]
    [InlineData("auto-scaling-group", "a:b")]
    [InlineData("auto-scaling-group", "arn:aws:autoscaling:eu-west-1:111122223333:launchConfiguration:1:autoScalingGroupName/web")]
    [InlineData("auto-scaling-group", "arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:1-2-3")]
    [InlineData("ecs-cluster", "prod*")]
    [InlineData("ecs-cluster", "arn:whatever")]
    [InlineData("lambda-function", "a/b")]
    [InlineData("ec2-launch-template", "")]
    public void What_is_no_name_of_the_kind_is_not_read(string kind, string text) =>
        Assert.Null(ResourceRef.Parse(ResourceKind.Find(kind)!, text, Account, "us-east-1"));

    [Theory]
    [InlineData("arn:aws:s3:::bucket")]
    [InlineData("bob")]
    [InlineData("")]
    public void An_ARN_of_no_known_kind_is_not_read(string text) => Assert.Null(ResourceRef.FromArn(text));

    [Fact]
    public void Short_instance_ids_of_old_are_read() => Assert.NotNull(ResourceRef.Parse(ResourceKind.Instance, "i-0123abcd", Account, "us-east-1"));

    [Fact]
    public void A_name_may_have_512_characters()
    {
        Assert.NotNull(ResourceRef.Parse(ResourceKind.EcsCluster, new string('x', 512), Account, "us-east-1"));
        Assert.Null(ResourceRef.Parse(ResourceKind.EcsCluster, new string('x', 513), Account, "us-east-1"));
    }
}
