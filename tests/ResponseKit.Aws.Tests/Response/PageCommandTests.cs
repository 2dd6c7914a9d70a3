using System.Text.Json;
using System.Text.RegularExpressions;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Testing;
using ResponseKit.Testing.Commands;

namespace ResponseKit.Aws.Tests.Response;

/// <summary>
/// What a person types from a page takes back what the actor did, and nothing else: an innocent account is set up, a thief changes it by the command line, the emulated
/// CloudTrail's records go through triage's own code to a plan, and the plan's commands are typed. Then the account is asked.
/// </summary>
public sealed partial class PageCommandTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Everything = """'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'""";
    private const string Little = """'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}'""";

    private static readonly Dictionary<string, Scene> Scenes = new(StringComparer.Ordinal)
    {
        ["rights and credentials of others"] = new(
            [
                "aws iam create-user --user-name bob", "aws iam create-group --group-name staff", $"aws iam create-policy --policy-name web --policy-document {Little}",
                """
                aws iam create-role --role-name deploy --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
                """.Trim(),
            ],
            [
                "aws iam attach-user-policy --user-name bob --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
                "aws iam attach-role-policy --role-name deploy --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
                "aws iam attach-group-policy --group-name staff --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
                $"aws iam put-user-policy --user-name bob --policy-name spare=key --policy-document {Everything}",
                $"aws iam put-role-policy --role-name deploy --policy-name x --policy-document {Everything}",
                $"aws iam put-group-policy --group-name staff --policy-name x --policy-document {Everything}",
                "aws iam add-user-to-group --user-name bob --group-name staff",
                $"aws iam create-policy --policy-name spare --policy-document {Everything}",
                "aws iam create-open-id-connect-provider --url https://ci.example --thumbprint-list 0123456789012345678901234567890123456789",
                "aws iam create-saml-provider --name x --saml-metadata-document file://x",
            ],
            [
                "aws iam get-account-authorization-details", "aws iam list-open-id-connect-providers",
                "aws iam list-saml-providers",
            ]),
        ["what launches machines"] = new(
            ["aws ec2 create-key-pair --key-name ours", "aws ec2 create-launch-template --launch-template-name ours --launch-template-data InstanceType=t3.small"],
            [
                "aws ec2 create-key-pair --key-name 'spare; key'",
                "aws ec2 create-launch-template --launch-template-name miner --launch-template-data InstanceType=g5.xlarge,ImageId=ami-12c6146b",
                "aws ec2 allocate-hosts --instance-family g5 --quantity 2 --availability-zone us-east-1a",
            ],
            [
                "aws ec2 describe-key-pairs", "aws ec2 describe-launch-templates", "aws ec2 describe-hosts --filter Name=state,Values=available",
            ]),
        ["clusters and jobs of other services"] = new(
            [
                "aws eks create-cluster --name prod --role-arn arn:aws:iam::ACCOUNT:role/eks --resources-vpc-config subnetIds=subnet-1",
            ],
            [
                "aws eks create-nodegroup --cluster-name prod --nodegroup-name w --node-role arn:aws:iam::ACCOUNT:role/eks --subnets subnet-1",
                "aws glue create-job --name w --role glue --command Name=glueetl,ScriptLocation=x --number-of-workers 10 --worker-type G.1X",
                "aws sagemaker create-notebook-instance --notebook-instance-name w --instance-type ml.p3.8xlarge --role-arn arn:aws:iam::ACCOUNT:role/sm",
                """
                aws emr run-job-flow --name w --instances '{"MasterInstanceType":"m5.xlarge","InstanceCount":1,"KeepJobFlowAliveWhenNoSteps":true,"TerminationProtected":true}' --job-flow-role x --service-role y --release-label emr-6.0.0
                """.Trim(),
            ],
            [
                "aws eks list-nodegroups --cluster-name prod", "aws glue list-jobs", "aws sagemaker list-notebook-instances",
                "aws emr list-clusters --cluster-states WAITING",
            ])
        {
            // No run of the job has been.
            Idle = ["get-job-runs"],
        },
        ["whoever watches"] = new(
            [
                "aws s3api create-bucket --bucket trail-ACCOUNT", "aws cloudtrail create-trail --name main --s3-bucket-name trail-ACCOUNT", "aws cloudtrail start-logging --name main",
                "aws configservice put-configuration-recorder --configuration-recorder name=default,roleARN=arn:aws:iam::ACCOUNT:role/config",
                "aws configservice put-delivery-channel --delivery-channel name=default,s3BucketName=trail-ACCOUNT",
                "aws configservice start-configuration-recorder --configuration-recorder-name default", "aws events put-rule --name watch --schedule-expression 'rate(5 minutes)'",
                "aws secretsmanager create-secret --name db/password --secret-string x",
            ],
            [
                "aws cloudtrail stop-logging --name main", "aws configservice stop-configuration-recorder --configuration-recorder-name default",
                "aws events disable-rule --name watch", "aws secretsmanager delete-secret --secret-id db/password",
            ],
            [
                "aws cloudtrail get-trail-status --name main", "aws configservice describe-configuration-recorder-status", "aws events list-rules",
                "aws secretsmanager list-secrets",
            ]),
    };

    public static TheoryData<string> Names => [.. Scenes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_typed_takes_back_what_was_done_and_leaves_the_rest(string name)
    {
        var scene = Scenes[name];
        using var account = emulator.NewAccount();
        var (key, secret) = await ThiefAsync(account);
        await RunAsync(account, scene.Before);
        var innocent = await DumpAsync(account, scene);
        var since = (await emulator.Control.RecordsAsync(0, account.Id, CancellationToken.None)).Next;

        Assert.Equal([], Refused(await AwsCommands.RunAsync(scene.Attack.Select(command => InPlace(command, account)), emulator, account, key, secret)));
        Assert.NotEqual(innocent, await DumpAsync(account, scene));
        var commands = (await PlanAsync(account, since)).Pages.SelectMany(page => page.Commands);
        // What a person must find out first, and there is nothing of here, is not typed.
        var typed = await AwsCommands.RunAsync(commands.Where(command => !command.Contains('{') && !scene.Idle.Exists(command.Contains)), emulator, account);

        Assert.Equal([], Refused(typed));
        Assert.Equal(innocent, await DumpAsync(account, scene));
    }

    private static IEnumerable<string> Refused(IEnumerable<AwsCommand> commands) =>
        commands.Where(command => (command.Problem ?? command.Error) is not null).Select(command => $"{command.Command}: {command.Problem}{command.Error}");

    private static string InPlace(string command, TestAccount account) =>
        $"{command.Replace("ACCOUNT", account.Id, StringComparison.Ordinal)} --region us-east-1";

    private static async Task<(string Key, string Secret)> ThiefAsync(TestAccount account)
    {
        var iam = account.Admin.Iam("us-east-1");
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "thief" });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "thief" })).AccessKey;
        return (key.AccessKeyId, key.SecretAccessKey);
    }

    // When something was changed last is another time afterwards, whatever is put back.
    [GeneratedRegex("""("[A-Za-z]*([Tt]ime|[Dd]ate|Started|Stopped|Changed)[A-Za-z]*": ?"?[^",}]*"?,?|"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][^"]*")""", RegexOptions.None, 5_000)]
    private static partial Regex Times();

    private async Task<ResponsePlan> PlanAsync(TestAccount account, long since)
    {
        var records = (await emulator.Control.RecordsAsync(since, account.Id, CancellationToken.None)).Records;
        var observed = records.Select(record => RecordParser.Parse(record)).OfType<ParseResult.Parsed>().Select(parsed => Observer.Observe(parsed.Record, new()))
            .OfType<Observation>().Where(observation => observation.Actor.Key.EndsWith(":user/thief", StringComparison.Ordinal));
        var file = new CaseFile($"arn:aws:iam::{account.Id}:user/thief", [.. observed]);
        return ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), ActionCatalogue.All.Select(action => action.Descriptor), new());
    }

    private async Task RunAsync(TestAccount account, IEnumerable<string> commands) =>
        Assert.Equal([], Refused(await AwsCommands.RunAsync(commands.Select(command => InPlace(command, account)), emulator, account)));

    private async Task<string> DumpAsync(TestAccount account, Scene scene) => string.Join('\n',
        (await AwsCommands.RunAsync(scene.Dump.Select(command => InPlace(command, account)), emulator, account))
            .Select(command => $"{command.Command}: {command.Error ?? Times().Replace(JsonSerializer.Serialize(command.Answer), "")}"));

    private sealed record Scene(string[] Before, string[] Attack, string[] Dump)
    {
        public List<string> Idle { get; init; } = [];
    }
}
