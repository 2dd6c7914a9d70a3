using System.Collections.Immutable;
using System.Globalization;

namespace ResponseKit.Aws.Tests.Actions;

/// <summary>Options by which a response tells an action of who made the target.</summary>
internal static class Claims
{
    /// <summary>A moment, some seconds from now.</summary>
    public static string Now(int seconds = 0) =>
        TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Options.</summary>
    public static ImmutableSortedDictionary<string, string> Of(params (string Name, string Value)[] options) =>
        options.ToImmutableSortedDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal);
}
