using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>Lambda's calls in one region. Their names carry the version of the API.</summary>
internal sealed class LambdaCalls(Stage stage, string region)
{
    public string Arn(string function) => $"arn:aws:lambda:{region}:{stage.Account}:function:{function}";

    private Call Write(string name, object request, object? response = null) => new("lambda", name, region, request, response);

    public Call Read(string name, object? request = null) => Call.Read("lambda", name, region, request);

    public Call CreateFunction(string function, IamRole role, string runtime = "python3.12", int timeout = 30) => Write(
        "CreateFunction20150331",
        new
        {
            functionName = function,
            runtime,
            role = role.Arn,
            handler = "index.handler",
            code = new { },
            timeout,
            memorySize = 128,
            publish = false,
            environment = new { }
        },
        new
        {
            functionName = function,
            functionArn = Arn(function),
            runtime,
            role = role.Arn,
            handler = "index.handler",
            codeSize = stage.Dice.Between(300, 2_000_000),
            timeout,
            memorySize = 128,
            version = "$LATEST",
            revisionId = stage.Dice.Guid(),
            state = "Pending",
            packageType = "Zip",
            architectures = new[] { "x86_64" },
        });

    public Call UpdateCode(string function, bool publish = true) => Write(
        "UpdateFunctionCode20150331v2",
        new { functionName = Arn(function), publish, dryRun = false },
        new { functionName = function, functionArn = Arn(function), lastUpdateStatus = "InProgress", revisionId = stage.Dice.Guid() });

    public Call UpdateConfiguration(string function) => Write(
        "UpdateFunctionConfiguration20150331v2",
        new { functionName = function, environment = new { } },
        new { functionName = function, functionArn = Arn(function), lastUpdateStatus = "InProgress" });

    public Call AddPermission(string function, string statement, string principal, string action = "lambda:InvokeFunction", string? urlAuth = null,
        string? sourceArn = null) => Write(
        "AddPermission20150331v2",
        new { functionName = function, statementId = statement, action, principal, functionUrlAuthType = urlAuth, sourceArn },
        new
        {
            statement = Json.Text(new { Sid = statement, Effect = "Allow", Principal = principal, Action = action, Resource = Arn(function) }),
        });

    public Call CreateUrl(string function, string auth) => Write(
        "CreateFunctionUrlConfig",
        new { functionName = function, authType = auth },
        new
        {
            functionArn = Arn(function),
            functionUrl = $"https://{stage.Dice.Text("abcdefghijklmnopqrstuvwxyz234567", 32)}.lambda-url.{region}.on.aws/",
            authType = auth
        });

    public Call Delete(string function) => Write("DeleteFunction20150331", new { functionName = function });
}
