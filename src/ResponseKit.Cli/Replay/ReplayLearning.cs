using ResponseKit.Correlation.Novelty;

namespace ResponseKit.Cli.Replay;

/// <summary>Writes what was learned.</summary>
internal static class ReplayLearning
{
    /// <summary>Writes the file, whole or not at all; null when there was nothing to write or it was done, else what went wrong.</summary>
    public static async Task<string?> WriteAsync(ReplayResult result, CancellationToken cancellationToken)
    {
        if (result.Learned is not { } learned || result.Options.LearnTo is not { } file)
            return null;
        try
        {
            await File.WriteAllTextAsync(file + ".new", BaselineFile.Write(learned), cancellationToken);
            File.Move(file + ".new", file, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"What was learned could not be written to {file}: {error.Message} Name another file with --learn.";
        }
    }
}
