using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Cli.Drill.Estate;

/// <summary>The shop's containers and its function.</summary>
internal sealed class InnocentWorkloads(DrillAccount account, string region)
{
    public const string Cluster = "storefront";
    public const string Service = "checkout";
    public const string Function = "thumbnails";
    public const string FunctionRole = "thumbnails";

    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await SeedServiceAsync(cancellationToken);
        await SeedFunctionAsync(cancellationToken);
    }

    private async Task SeedServiceAsync(CancellationToken cancellationToken)
    {
        var ecs = account.Administrator.Aws.Ecs(region);
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = Cluster }, cancellationToken);
        await ecs.RegisterTaskDefinitionAsync(
            new RegisterTaskDefinitionRequest
            {
                Family = Service,
                NetworkMode = NetworkMode.Awsvpc,
                Cpu = "256",
                Memory = "512",
                RequiresCompatibilities = ["FARGATE"],
                ContainerDefinitions = [new ContainerDefinition { Name = Service, Image = $"{DrillAccount.Id}.dkr.ecr.{region}.amazonaws.com/checkout:41", Essential = true }],
            },
            cancellationToken);
        var network = new AwsVpcConfiguration { AssignPublicIp = AssignPublicIp.DISABLED, Subnets = [await Networks.DefaultSubnetAsync(account.Administrator, region, cancellationToken)] };
        await ecs.CreateServiceAsync(
            new CreateServiceRequest
            {
                Cluster = Cluster,
                ServiceName = Service,
                TaskDefinition = Service,
                LaunchType = LaunchType.FARGATE,
                DesiredCount = 2,
                NetworkConfiguration = new NetworkConfiguration { AwsvpcConfiguration = network },
            },
            cancellationToken);
    }

    private async Task SeedFunctionAsync(CancellationToken cancellationToken)
    {
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        var role = await account.Administrator.Aws.Iam(region).CreateRoleAsync(
            new CreateRoleRequest { RoleName = FunctionRole, Path = "/service/", AssumeRolePolicyDocument = trust }, cancellationToken);
        var lambda = account.Administrator.Aws.Lambda(region);
        await lambda.CreateFunctionAsync(
            new CreateFunctionRequest
            {
                FunctionName = Function,
                Runtime = Runtime.Python312,
                Handler = "index.handler",
                Role = role.Role.Arn,
                Code = new FunctionCode { ZipFile = DrillPackage.Make() },
            },
            cancellationToken);
        await lambda.AddPermissionAsync(
            new AddPermissionRequest { FunctionName = Function, StatementId = "uploads", Action = "lambda:InvokeFunction", Principal = "s3.amazonaws.com", SourceAccount = DrillAccount.Id },
            cancellationToken);
    }
}
