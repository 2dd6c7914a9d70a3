using ResponseKit.Detections.Ecs;
using ResponseKit.Policy;

namespace ResponseKit.Tests.Detections.Ecs;

public sealed class ContainerImagesTests
{
    private static readonly DetectionSettings Settings = new()
    {
        ApprovedImages = ["444455556666.dkr.ecr.us-east-1.amazonaws.com/", "public.ecr.aws/docker/library", "nginx", "acme/web:1", ""],
    };

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx")]
    [InlineData("nginx:1.29", "docker.io/library/nginx:1.29")]
    [InlineData("someone/secret:user", "docker.io/someone/secret:user")]
    [InlineData("localhost/web", "localhost/web")]
    [InlineData("registry:5000/web", "registry:5000/web")]
    [InlineData("ghcr.io/acme/web", "ghcr.io/acme/web")]
    public void Spells_out_the_registry(string image, string full) => Assert.Equal(full, ContainerImages.Full(image));

    [Theory]
    [InlineData("111122223333.dkr.ecr.us-east-1.amazonaws.com/web")]
    [InlineData("111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/web:2")]
    [InlineData("111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/web")]
    [InlineData("111122223333.dkr-ecr.eu-west-1.on.aws/team/web@sha256:abc")]
    [InlineData("444455556666.dkr.ecr.us-east-1.amazonaws.com/shared/base")]
    [InlineData("public.ecr.aws/docker/library/redis:8")]
    [InlineData("nginx:1.29")]
    [InlineData("docker.io/library/nginx")]
    [InlineData("acme/web:1")]
    [InlineData("acme/web:1@sha256:abc")]
    public void Approves_own_and_allowed_images(string image) => Assert.True(IsApproved(image, "111122223333", Settings));

    [Theory]
    [InlineData("444455556666.dkr.ecr.eu-west-1.amazonaws.com/web")]
    [InlineData("111122223333.dkr.ecr.us-east-1.amazonaws.com.example.net/web")]
    [InlineData("example.net/111122223333.dkr.ecr.us-east-1.amazonaws.com/web")]
    [InlineData("x111122223333.dkr.ecr.us-east-1.amazonaws.com/web")]
    [InlineData("public.ecr.aws/docker/library-of-mine/redis")]
    [InlineData("nginx-miner")]
    [InlineData("someone/nginx")]
    [InlineData("acme/web:10")]
    [InlineData("acme/web-miner:1")]
    public void Approves_nothing_that_merely_resembles_them(string image) => Assert.False(IsApproved(image, "111122223333", Settings));

    [Fact]
    public void Without_an_account_no_registry_is_the_own_one() =>
        Assert.False(IsApproved(".dkr.ecr.us-east-1.amazonaws.com/web", "", new DetectionSettings()));

    private static bool IsApproved(string image, string account, DetectionSettings settings) =>
        ContainerImages.IsOwn(image, account) || ContainerImages.ApprovedBy(image, settings) is not null;
}
