using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>Calls of services that have no file of their own, in one region.</summary>
internal sealed class OtherCalls(Stage stage, string region)
{
    /// <summary>Quotas of running On-Demand and Spot vCPUs: Standard, G and VT, P, and Standard Spot.</summary>
    public static readonly IReadOnlyList<string> VcpuQuotas = ["L-1216C47A", "L-DB2E81BA", "L-417A185B", "L-34B43A08", "L-3819A6DF", "L-7212CCBC"];

    public Call Read(string service, string name, object? request = null) => Call.Read(service, name, region, request);

    public Call Write(string service, string name, object? request, object? response = null) => new(service, name, region, request, response);

    public Call GetServiceQuota(string code, string service = "ec2") => Read("servicequotas", "GetServiceQuota", new { serviceCode = service, quotaCode = code });

    public Call RequestQuota(string code, double desired, string service = "ec2") => Write(
        "servicequotas",
        "RequestServiceQuotaIncrease",
        new { serviceCode = service, quotaCode = code, desiredValue = desired },
        new
        {
            requestedQuota = new
            {
                id = stage.Dice.Hex(32) + stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 8),
                serviceCode = service,
                quotaCode = code,
                desiredValue = desired,
                status = "PENDING",
                globalQuota = false,
                unit = "None",
            },
        });

    private string TrailArn(string trail) => $"arn:aws:cloudtrail:{region}:{stage.Account}:trail/{trail}";

    public Call CreateTrail(string trail, string bucket) => Write(
        "cloudtrail",
        "CreateTrail",
        new
        {
            name = trail,
            s3BucketName = bucket,
            includeGlobalServiceEvents = true,
            isMultiRegionTrail = true,
            enableLogFileValidation = true,
            isOrganizationTrail = false
        },
        new
        {
            name = trail,
            s3BucketName = bucket,
            includeGlobalServiceEvents = true,
            isMultiRegionTrail = true,
            trailARN = TrailArn(trail),
            logFileValidationEnabled = true,
            isOrganizationTrail = false
        });

    public Call StartLogging(string trail) => Write("cloudtrail", "StartLogging", new { name = TrailArn(trail) });

    public Call StopLogging(string trail) => Write("cloudtrail", "StopLogging", new { name = TrailArn(trail) });

    public Call DeleteTrail(string trail) => Write("cloudtrail", "DeleteTrail", new { name = TrailArn(trail) });

    public Call CreateDetector(out string detector)
    {
        detector = stage.Dice.Hex(32);
        return Write("guardduty", "CreateDetector", new { enable = true, clientToken = stage.Dice.Guid() }, new { detectorId = detector });
    }

    public Call DeleteDetector(string detector) => Write("guardduty", "DeleteDetector", new { detectorId = detector });

    public Call PutRule(string rule, string pattern) => Write(
        "events", "PutRule", new { name = rule, eventPattern = pattern, state = "ENABLED" }, new { ruleArn = $"arn:aws:events:{region}:{stage.Account}:rule/{rule}" });

    public Call DeleteRule(string rule) => Write("events", "DeleteRule", new { name = rule });

    public Call PutAlarm(string alarm, string metric) => Write("monitoring", "PutMetricAlarm", new
    {
        alarmName = alarm,
        metricName = metric,
        @namespace = "AWS/EC2",
        statistic = "Average",
        period = 300,
        evaluationPeriods = 2,
        threshold = 80,
        comparisonOperator = "GreaterThanThreshold",
        actionsEnabled = true,
    });

    public Call PutAccountDetails() => Write("ses", "PutAccountDetails", new
    {
        mailType = "MARKETING",
        websiteURL = "HIDDEN_DUE_TO_SECURITY_REASONS",
        contactLanguage = "EN",
        useCaseDescription = "HIDDEN_DUE_TO_SECURITY_REASONS",
        productionAccessEnabled = true,
    });

    public Call CreateEmailIdentity(string identity) => Write("ses", "CreateEmailIdentity", new { emailIdentity = identity },
        new { identityType = "DOMAIN", verifiedForSendingStatus = false });

    public Call InvokeModel(string model, string operation = "InvokeModel") =>
        Read("bedrock", operation, new { modelId = model }) with { Host = $"bedrock-runtime.{region}.amazonaws.com" };

    public Call CreateBucket(string bucket) => Write(
        "s3",
        "CreateBucket",
        new
        {
            bucketName = bucket,
            Host = $"s3.{region}.amazonaws.com",
            CreateBucketConfiguration = region == Regions.Virginia
            ? null : new { LocationConstraint = region }
        });

    public Call CreateNotebook(string name, string type, IamRole role) => Write(
        "sagemaker",
        "CreateNotebookInstance",
        new { notebookInstanceName = name, instanceType = type, roleArn = role.Arn, directInternetAccess = "Enabled", volumeSizeInGB = 50 },
        new { notebookInstanceArn = $"arn:aws:sagemaker:{region}:{stage.Account}:notebook-instance/{name}" });

    public Call CreateTrainingJob(string name, string type, int count, IamRole role, string image) => Write(
        "sagemaker",
        "CreateTrainingJob",
        new
        {
            trainingJobName = name,
            roleArn = role.Arn,
            algorithmSpecification = new { trainingImage = image, trainingInputMode = "File" },
            resourceConfig = new { instanceType = type, instanceCount = count, volumeSizeInGB = 200 },
            stoppingCondition = new { maxRuntimeInSeconds = 86400 },
            outputDataConfig = new { s3OutputPath = $"s3://ml-{stage.Account}/out" },
        },
        new { trainingJobArn = $"arn:aws:sagemaker:{region}:{stage.Account}:training-job/{name}" });

    public Call CreateBuildProject(string name, IamRole role, string compute) => Write(
        "codebuild",
        "CreateProject",
        new
        {
            name,
            serviceRole = role.Arn,
            artifacts = new { type = "NO_ARTIFACTS" },
            source = new { type = "NO_SOURCE", buildspec = "HIDDEN_DUE_TO_SECURITY_REASONS" },
            environment = new { type = "LINUX_CONTAINER", image = "aws/codebuild/amazonlinux2-x86_64-standard:5.0", computeType = compute, privilegedMode = true },
        },
        new { project = new { name, arn = $"arn:aws:codebuild:{region}:{stage.Account}:project/{name}" } });

    public Call StartBuild(string project) => Write(
        "codebuild", "StartBuild", new { projectName = project },
            new { build = new { id = $"{project}:{stage.Dice.Guid()}", buildStatus = "IN_PROGRESS", buildNumber = stage.Dice.Between(1, 900) } });
}
