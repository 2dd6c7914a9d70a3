using Amazon.AutoScaling;
using Amazon.EC2;
using Amazon.ECS;
using Amazon.IdentityManagement;
using Amazon.Lambda;
using Amazon.Runtime;
using Amazon.ServiceQuotas;

namespace ResponseKit.StandIns.Tests.Wire;

/// <summary>Clients of an <see cref="AnsweringServer"/>.</summary>
internal static class Clients
{
    public static readonly AWSCredentials Key = new BasicAWSCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");

    public static IAmazonEC2 Ec2(this AnsweringServer server) => new AmazonEC2Client(Key, server.Configure(new AmazonEC2Config()));

    public static IAmazonIdentityManagementService Iam(this AnsweringServer server) =>
        new AmazonIdentityManagementServiceClient(Key, server.Configure(new AmazonIdentityManagementServiceConfig()));

    public static IAmazonAutoScaling AutoScaling(this AnsweringServer server) =>
        new AmazonAutoScalingClient(Key, server.Configure(new AmazonAutoScalingConfig()));

    public static IAmazonECS Ecs(this AnsweringServer server) => new AmazonECSClient(Key, server.Configure(new AmazonECSConfig()));

    public static IAmazonLambda Lambda(this AnsweringServer server) => new AmazonLambdaClient(Key, server.Configure(new AmazonLambdaConfig()));

    public static IAmazonServiceQuotas Quotas(this AnsweringServer server) =>
        new AmazonServiceQuotasClient(Key, server.Configure(new AmazonServiceQuotasConfig()));
}
