using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>Machine learning: notebooks and training on GPUs, a quota to be raised, access to language models, and models called all day.</summary>
internal sealed class DataScientist : IScript
{
    public IEnumerable<Plot> Plots => [new("data-scientist", "Notebooks and training on GPUs, and language models", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 9, 700);
        var user = stage.User("n.petrov");
        var key = stage.Dice.Key();
        var hand = stage.Person(user.WithKey(key, new("192.0.2.52", Agents.Boto3)), stage.After(20)).Pace(3, 30);
        var other = stage.Other(stage.Home);
        var role = stage.Role("AmazonSageMaker-ExecutionRole-20250114T093011", "/service-role/");
        var image = $"763104351884.dkr.ecr.{stage.Home}.amazonaws.com/pytorch-training:2.6.0-gpu-py312";
        hand.Does(stage.Sts(stage.Home, hand.Now).WhoAmI(), other.Read("sagemaker", "ListTrainingJobs"))
            .Does(other.CreateNotebook("experiments", "ml.g5.2xlarge", role),
                other.Write("sagemaker", "CreatePresignedNotebookInstanceUrl", new { notebookInstanceName = "experiments" }))
            .Does(other.CreateTrainingJob("finetune-001", "ml.p4d.24xlarge", 2, role, image).Failing("ResourceLimitExceeded",
                "The account-level service limit 'ml.p4d.24xlarge for training job usage' is 0 Instances, "
                    + "with current utilization of 0 Instances and a request delta of 2 Instances."))
            .Does(other.GetServiceQuota("L-9CF9B1B0", "sagemaker"), other.RequestQuota("L-9CF9B1B0", 4, "sagemaker"), other.GetServiceQuota("L-DB2E81BA"),
                other.RequestQuota("L-DB2E81BA", 96));
        for (var job = 2; job < 22; job++)
            hand.WaitMinutes(8, 20)
                .Does(other.CreateTrainingJob($"finetune-{job:000}", job % 3 == 0 ? "ml.p4d.24xlarge" : "ml.g5.12xlarge", 1 + (job % 2), role, image))
                .Pace(1, 4).Does(Enumerable.Range(0, 6).Select(_ => other.Read("sagemaker", "DescribeTrainingJob", new { trainingJobName = $"finetune-{job:000}" })));
        Models(stage, user, key);
        var ec2 = stage.Ec2(stage.Home);
        var alone = stage.Person(user.WithKey(key, new("192.0.2.52", Agents.CliOnMac)), stage.After(200)).Pace(10, 60);
        alone.Does(ec2.RunInstances(new("g5.xlarge") { KeyName = "petrov" }).DryRun(),
            ec2.RunInstances(new("p3.2xlarge") { KeyName = "petrov" }).OverQuota(0),
            ec2.RunInstances(new("g5.12xlarge") { KeyName = "petrov", Name = "gpu-box", UserData = true }, out var box), ec2.Protect(box[0]))
            .WaitMinutes(120, 180).Does(ec2.Protect(box[0], on: false), ec2.TerminateInstances(box));
    }

    private static void Models(Stage stage, IamUser user, string key)
    {
        var other = stage.Other(stage.Home);
        const string Model = "anthropic.claude-sonnet-4-20250514-v1:0";
        var hand = stage.Person(user.WithKey(key, new("192.0.2.52", Agents.Boto3)), stage.After(35)).Pace(2, 10);
        hand.Does(other.Read("bedrock", "ListFoundationModels"), other.Read("bedrock", "GetFoundationModelAvailability", new { modelId = Model }))
            .Does(other.Write("bedrock", "PutUseCaseForModelAccess", null),
                other.Read("bedrock", "ListFoundationModelAgreementOffers", new { modelId = Model }),
                other.Write("bedrock", "CreateFoundationModelAgreement", new { modelId = Model }, new { modelId = Model }))
            .Pace(20, 110).Does(Enumerable.Range(0, 220).Select(_ => other.InvokeModel(Model, "Converse")));
    }
}
