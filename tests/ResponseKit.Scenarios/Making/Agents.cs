namespace ResponseKit.Scenarios.Making;

/// <summary>
/// What programs call themselves. <see cref="Command"/> stands where the AWS CLI names the command of the call, such as <c>iam.create-user</c>.
/// </summary>
internal static class Agents
{
    public const string Command = "{command}";

    public const string Cli = "aws-cli/2.31.18 md/awscrt#0.27.6 ua/2.1 os/linux#6.8.0-48-generic md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython "
        + "m/Z,b,E cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.24 md/prompt#off md/command#" + Command;
    public const string CliOnMac = "aws-cli/2.30.2 md/awscrt#0.27.6 ua/2.1 os/macos#24.6.0 md/arch#arm64 lang/python#3.13.7 md/pyimpl#CPython "
        + "m/b,Z,E cfg/retry-mode#standard md/installer#source md/prompt#off md/command#" + Command;
    public const string OldCli = "aws-cli/1.22.34 Python/3.10.12 Linux/5.15.0-119-generic botocore/1.23.34";
    public const string Boto3 = "Boto3/1.40.55 md/Botocore#1.40.55 ua/2.1 os/linux#5.15.0-122-generic md/arch#x86_64 lang/python#3.10.12 md/pyimpl#CPython "
        + "m/Z,b,D cfg/retry-mode#legacy Botocore/1.40.55";
    public const string Boto3InLambda = "Boto3/1.40.4 md/Botocore#1.40.4 ua/2.1 os/linux#5.10.240-258.915.amzn2.x86_64 md/arch#x86_64 "
        + "lang/python#3.12.11 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12 m/Z,b cfg/retry-mode#legacy Botocore/1.40.4";
    public const string GoTool = "aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.25.1 md/GOOS#linux md/GOARCH#amd64 m/E,g";
    public const string Karpenter = "aws-sdk-go-v2/1.38.3 ua/2.1 os/linux lang/go#1.24.6 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.247.1 m/E,g karpenter.sh-1.6.3";
    public const string Terraform = "APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.15.0 "
        + "(+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.24.6 md/GOOS#linux md/GOARCH#amd64 m/E,n,g";
    public const string JavaApplication = "aws-sdk-java/2.33.5 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.150 "
        + "lang/java#21.0.8 md/OpenJDK_64-Bit_Server_VM#21.0.8 m/D,E";
    public const string ActionsRunner = "aws-sdk-js/3.888.0 ua/2.1 os/linux#6.11.0-1018-azure lang/js md/nodejs#20.19.4 "
        + "api/sts#3.888.0 m/E configure-aws-credentials-for-github-actions";
    public const string Chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
    public const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
    public const string Safari = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15";
}
