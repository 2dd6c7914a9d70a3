namespace ResponseKit.Records;

/// <summary>The services that detections listen to, as CloudTrail's <c>eventSource</c> spells them.</summary>
internal static class EventSources
{
    public const string AccessAnalyzer = "access-analyzer.amazonaws.com";
    public const string Account = "account.amazonaws.com";
    public const string Amplify = "amplify.amazonaws.com";
    public const string AppRunner = "apprunner.amazonaws.com";
    public const string ApplicationAutoScaling = "application-autoscaling.amazonaws.com";
    public const string AutoScaling = "autoscaling.amazonaws.com";
    public const string Backup = "backup.amazonaws.com";
    public const string Batch = "batch.amazonaws.com";
    public const string Bedrock = "bedrock.amazonaws.com";
    public const string CloudFormation = "cloudformation.amazonaws.com";
    public const string CloudTrail = "cloudtrail.amazonaws.com";
    public const string CloudWatch = "monitoring.amazonaws.com";
    public const string CodeBuild = "codebuild.amazonaws.com";
    public const string Config = "config.amazonaws.com";
    public const string DynamoDb = "dynamodb.amazonaws.com";
    public const string Ec2 = "ec2.amazonaws.com";
    public const string Ec2InstanceConnect = "ec2-instance-connect.amazonaws.com";
    public const string Ecs = "ecs.amazonaws.com";
    public const string Efs = "elasticfilesystem.amazonaws.com";
    public const string Eks = "eks.amazonaws.com";
    public const string Emr = "elasticmapreduce.amazonaws.com";
    public const string Events = "events.amazonaws.com";
    public const string Fsx = "fsx.amazonaws.com";
    public const string GameLift = "gamelift.amazonaws.com";
    public const string Glue = "glue.amazonaws.com";
    public const string GuardDuty = "guardduty.amazonaws.com";
    public const string GuardDutyEvents = "aws.guardduty";
    public const string HealthEvents = "aws.health";
    public const string Iam = "iam.amazonaws.com";
    public const string IdentityStore = "identitystore.amazonaws.com";
    public const string Kms = "kms.amazonaws.com";
    public const string Lambda = "lambda.amazonaws.com";
    public const string Lightsail = "lightsail.amazonaws.com";
    public const string Logs = "logs.amazonaws.com";
    public const string Organizations = "organizations.amazonaws.com";
    public const string Rds = "rds.amazonaws.com";
    public const string RolesAnywhere = "rolesanywhere.amazonaws.com";
    public const string S3 = "s3.amazonaws.com";
    public const string SageMaker = "sagemaker.amazonaws.com";
    public const string Scheduler = "scheduler.amazonaws.com";
    public const string SecretsManager = "secretsmanager.amazonaws.com";
    public const string SecurityHub = "securityhub.amazonaws.com";
    public const string ServiceQuotas = "servicequotas.amazonaws.com";
    public const string Ses = "ses.amazonaws.com";
    public const string SignIn = "signin.amazonaws.com";
    public const string Sns = "sns.amazonaws.com";
    public const string Sqs = "sqs.amazonaws.com";
    public const string Ssm = "ssm.amazonaws.com";
    public const string Sso = "sso.amazonaws.com";
    public const string SsoDirectory = "sso-directory.amazonaws.com";
    public const string StepFunctions = "states.amazonaws.com";
    public const string Sts = "sts.amazonaws.com";
}
