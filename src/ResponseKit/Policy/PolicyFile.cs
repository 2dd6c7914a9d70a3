using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace ResponseKit.Policy;

/// <summary>What came of reading a policy file. One of <see cref="Loaded"/>, <see cref="Refused"/>.</summary>
public abstract record PolicyResult
{
    private PolicyResult()
    {
    }

    /// <summary>The file is right.</summary>
    /// <param name="Policy">What it says, with the defaults for what it leaves out.</param>
    public sealed record Loaded(ResponsePolicy Policy) : PolicyResult;

    /// <summary>The file is wrong. Whoever reads it must refuse to start: half a policy would act where it must not.</summary>
    /// <param name="Errors">Every error there is, by line.</param>
    public sealed record Refused(ImmutableArray<PolicyError> Errors) : PolicyResult
    {
        /// <summary>The errors, one a line.</summary>
        public override string ToString() => string.Join('\n', Errors);
    }
}

/// <summary>
/// Reads <c>responsekit.json</c>. It is plain JSON, without comments and trailing commas, so that every tool can read it; what the keys mean
/// stands in <c>responsekit.schema.json</c>. Everything may be left out; nothing may stand there that is not known.
/// </summary>
public static class PolicyFile
{
    private const int MaxLength = 1 << 20;

    /// <summary>Every key, such as <c>correlation.windowMinutes</c>.</summary>
    public static IEnumerable<string> Keys => PolicyKeys.All.Select(key => key.Path);

    /// <summary>Reads the file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="actionIds">The actions that there are, so that one that is misspelt is noticed; null to accept any.</param>
    /// <param name="started">
    /// The mode in which a deployment is about to start with it; null where nothing starts. What enforces must know who deploys it: whoever else changes it is
    /// contained.
    /// </param>
    public static PolicyResult Parse(string text, IReadOnlyCollection<string>? actionIds = null, ResponseMode? started = null)
    {
        if (text.Length > MaxLength)
            return Refused(new PolicyError(1, "(file)", $"The file has more than {MaxLength} characters.", "a JSON object"));
        PolicyNode root;
        try
        {
            root = PolicyNode.Parse(Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF')));
        }
        catch (JsonException error)
        {
            var line = (int)(error.LineNumber ?? 0) + 1;
            return Refused(new PolicyError(line, "(file)", "This is no JSON.", "plain JSON, without comments and trailing commas"));
        }

        var reader = new PolicyReader(actionIds);
        var policy = reader.Read(root);
        if (started == ResponseMode.Enforce)
            reader.NeedDeployer(policy);
        return reader.Errors.Count == 0 ? new PolicyResult.Loaded(policy) : Refused([.. reader.Errors.OrderBy(error => error.Line)]);
    }

    private static PolicyResult.Refused Refused(params ImmutableArray<PolicyError> errors) => new(errors);
}
