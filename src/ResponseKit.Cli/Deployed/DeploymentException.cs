namespace ResponseKit.Cli.Deployed;

/// <summary>A deployment that cannot be used as the command line says. The message is for the person who typed it.</summary>
internal sealed class DeploymentException(string message) : Exception(message);
