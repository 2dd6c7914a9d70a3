namespace ResponseKit.Cli.Drill.Deploying;

/// <summary>ResponseKit could not be deployed into the emulated account; the message says why and what to do.</summary>
internal sealed class DeploymentFailedException(string message) : Exception(message);
