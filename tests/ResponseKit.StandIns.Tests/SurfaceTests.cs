using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.ServiceQuotas;
using ResponseKit.StandIns.Tests.Wire;
using StatusType = Amazon.IdentityManagement.StatusType;

namespace ResponseKit.StandIns.Tests;

/// <summary>What product code may rely on because the official packages have it.</summary>
public sealed class SurfaceTests
{
    [Fact]
    public void Clients_can_be_made_from_their_interface_alone()
    {
        Assert.IsType<AmazonEC2Client>(Make<IAmazonEC2>());
        Assert.IsType<AmazonIdentityManagementServiceClient>(Make<IAmazonIdentityManagementService>());
        Assert.IsType<AmazonECSClient>(Make<IAmazonECS>());
        Assert.IsType<AmazonAutoScalingClient>(Make<IAmazonAutoScaling>());
        Assert.IsType<AmazonLambdaClient>(Make<IAmazonLambda>());
        Assert.IsType<AmazonServiceQuotasClient>(Make<IAmazonServiceQuotas>());
    }

    [Theory]
    [InlineData(typeof(AmazonEC2Client), typeof(AmazonEC2Config))]
    [InlineData(typeof(AmazonIdentityManagementServiceClient), typeof(AmazonIdentityManagementServiceConfig))]
    [InlineData(typeof(AmazonECSClient), typeof(AmazonECSConfig))]
    [InlineData(typeof(AmazonAutoScalingClient), typeof(AmazonAutoScalingConfig))]
    [InlineData(typeof(AmazonLambdaClient), typeof(AmazonLambdaConfig))]
    [InlineData(typeof(AmazonServiceQuotasClient), typeof(AmazonServiceQuotasConfig))]
    public void A_client_has_twelve_constructors(Type client, Type config)
    {
        Assert.Equal(12, client.GetConstructors().Length);
        Assert.NotNull(client.GetConstructor([typeof(string), typeof(string), typeof(string), config]));
        Assert.Equal(typeof(AmazonServiceClient), client.BaseType);
        Assert.Equal(typeof(ClientConfig), config.BaseType);
    }

    [Fact]
    public void A_client_can_be_overridden_operation_by_operation() =>
        Assert.All(
            typeof(AmazonEC2Client).GetMethods().Where(m => m.Name.EndsWith("Async", StringComparison.Ordinal)), m => Assert.True(m.IsVirtual && !m.IsFinal));

    [Fact]
    public void Constants_compare_with_text_and_take_values_that_are_newer_than_they_are()
    {
        StatusType status = "inactive";
        StatusType unheardOf = "Frozen";

        Assert.True(status == StatusType.Inactive);
        Assert.Equal("Frozen", unheardOf.Value);
        Assert.Same(StatusType.Active, StatusType.FindValue("Active"));
    }

    [Fact]
    public void Value_types_are_nullable_and_lists_start_as_null()
    {
        var request = new ListUsersRequest();
        var tags = new TagUserRequest();

        Assert.Null(request.MaxItems);
        Assert.Null(tags.Tags);
    }

    [Fact]
    public void Exceptions_can_be_made_with_a_code()
    {
        var error = new NoSuchEntityException("gone", ErrorType.Sender, "NoSuchEntity", "req", System.Net.HttpStatusCode.NotFound);

        Assert.Equal(("gone", "NoSuchEntity", "req"), (error.Message, error.ErrorCode, error.RequestId));
        Assert.IsAssignableFrom<AmazonIdentityManagementServiceException>(error);
    }

    [Fact]
    public void Nothing_public_is_in_a_namespace_that_the_official_packages_do_not_have() =>
        Assert.All(
            new[] { typeof(IAmazonEC2), typeof(IAmazonIdentityManagementService), typeof(IAmazonECS), typeof(IAmazonAutoScaling), typeof(IAmazonLambda), typeof(IAmazonServiceQuotas) },
            type => Assert.All(type.Assembly.GetExportedTypes(), t => Assert.StartsWith(type.Namespace!, t.Namespace, StringComparison.Ordinal)));

    private static IAmazonService Make<TService>()
        where TService : IAmazonService
    {
        var config = TService.CreateDefaultClientConfig();
        config.ServiceURL = "http://127.0.0.1:1";
        return TService.CreateDefaultServiceClient(Clients.Key, config);
    }
}
