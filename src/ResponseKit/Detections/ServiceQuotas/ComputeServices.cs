namespace ResponseKit.Detections.ServiceQuotas;

/// <summary>The service codes of Service Quotas behind which there is computing power or mail to steal.</summary>
internal static class ComputeServices
{
    private static readonly string[] Codes =
    [
        "ec2", "fargate", "ecs", "eks", "autoscaling", "batch", "lambda", "sagemaker", "bedrock", "lightsail", "codebuild", "elasticmapreduce", "gamelift",
        "emr-serverless", "ses", "apprunner", "amplify", "glue",
    ];

    /// <summary>Whether the service is one of them.</summary>
    public static bool Contains(string? serviceCode) => serviceCode is not null && Codes.Contains(serviceCode, StringComparer.OrdinalIgnoreCase);
}
