using System.Collections.Immutable;
using System.Text.Json;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Policy;

/// <summary>Turns a policy file into a policy, gathering every error.</summary>
internal sealed class PolicyReader(IReadOnlyCollection<string>? actionIds)
{
    private static readonly string[] NearDeployers = ["guards.deployers", "guards", "mode"];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public List<PolicyError> Errors { get; } = [];

    public ResponsePolicy Read(PolicyNode root)
    {
        var policy = Object(root, "", new ResponsePolicy());
        if (Errors.Count > 0)
            return policy;
        policy = policy with { Correlation = WithFittingDefaults(policy.Correlation), Brake = WithFittingDefaults(policy.Brake) };
        CheckTogether(policy);
        return policy;
    }

    // What is left out follows what is written: a lower threshold needs no further keys.
    private CorrelationSettings WithFittingDefaults(CorrelationSettings correlation) => correlation with
    {
        WatchAt = IsWritten("correlation.watchAt") ? correlation.WatchAt : Math.Min(correlation.WatchAt, Math.Max(correlation.ContainAt - 1, 1)),
        RushMinutes = IsWritten("correlation.rushMinutes") ? correlation.RushMinutes : Math.Min(correlation.RushMinutes, correlation.WindowMinutes),
        LongWindowMinutes = IsWritten("correlation.longWindowMinutes")
            ? correlation.LongWindowMinutes
            : Math.Max(correlation.LongWindowMinutes, correlation.WindowMinutes),
        Caps = WithFittingDefaults(correlation.Caps, correlation.ContainAt - 1),
    };

    private BrakeSettings WithFittingDefaults(BrakeSettings brake) => brake with
    {
        Minutes = IsWritten("brake.minutes") ? brake.Minutes : Math.Min(brake.Minutes, brake.LongestMinutes),
        LongestMinutes = IsWritten("brake.longestMinutes") ? brake.LongestMinutes : Math.Max(brake.Minutes, brake.LongestMinutes),
    };

    private ImmutableSortedDictionary<SignalCategory, int> WithFittingDefaults(ImmutableSortedDictionary<SignalCategory, int> caps, int most)
    {
        foreach (var (category, cap) in caps)
        {
            if (cap > most && !IsWritten($"correlation.caps.{PolicyKeys.Name(category)}"))
                caps = caps.SetItem(category, most);
        }

        return caps;
    }

    private bool IsWritten(string key) => lines.ContainsKey(key);

    /// <summary>Notes an error.</summary>
    public void Error(PolicyNode node, string key, string problem, string accepts) => Errors.Add(new(node.Line, key, problem, accepts));

    /// <summary>The patterns of a list; an error is noted for each that may not stand there.</summary>
    public ImmutableArray<ArnPattern> Patterns(PolicyNode list, string path, PrincipalRule rule)
    {
        if (list.Kind != JsonValueKind.Array)
            Error(list, path, $"It is {Shown(list)}, not a list.", $"a list of {rule.Accepts}");
        var patterns = ImmutableArray.CreateBuilder<ArnPattern>();
        foreach (var (at, item) in list.Items.Index())
        {
            var problem = "";
            if (item.Text is { } text && rule.Read(text, out problem) is { } pattern)
                patterns.Add(pattern);
            else
                Error(item, $"{path}[{at}]", $"It is {Shown(item)}. {Printable.Of(problem, 400)}".TrimEnd(), rule.Accepts);
        }

        return [.. patterns.Distinct()];
    }

    private ResponsePolicy Object(PolicyNode node, string prefix, ResponsePolicy policy)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            var place = prefix.Length == 0 ? "(file)" : prefix.TrimEnd('.');
            Error(node, place, $"It is {Shown(node)}, not an object.", $"an object with some of {Known(prefix)}");
            return policy;
        }

        foreach (var (name, line, value) in node.Members)
        {
            var path = prefix + Printable.Of(name, 60);
            if (!lines.TryAdd(prefix + name, line))
                Errors.Add(new(line, path, $"It is there twice; first on line {lines[prefix + name]}.", "each key once"));
            else if (path == "$schema")
                continue;
            else if (PolicyKeys.All.FirstOrDefault(key => key.Path == prefix + name) is { } key)
                policy = key.Read(value, this, policy);
            else if (PolicyKeys.All.Any(known => known.Path.StartsWith(prefix + name + ".", StringComparison.Ordinal)))
                policy = Object(value, prefix + name + ".", policy);
            else
                Errors.Add(new(line, path, "There is no such key.", $"one of {Known(prefix)}"));
        }

        return policy;
    }

    private void CheckTogether(ResponsePolicy policy)
    {
        var correlation = policy.Correlation;
        Check(
            correlation.WatchAt < correlation.ContainAt, "correlation.watchAt",
            $"{correlation.WatchAt} is not below containAt.", $"a number below {correlation.ContainAt}");
        Check(
            correlation.RushMinutes <= correlation.WindowMinutes, "correlation.rushMinutes",
            $"{correlation.RushMinutes} is more than windowMinutes.", $"a number up to {correlation.WindowMinutes}");
        Check(
            correlation.LongWindowMinutes >= correlation.WindowMinutes, "correlation.longWindowMinutes",
            $"{correlation.LongWindowMinutes} is less than windowMinutes.", $"a number from {correlation.WindowMinutes}");
        Check(
            policy.Brake.Minutes <= policy.Brake.LongestMinutes, "brake.minutes",
            $"{policy.Brake.Minutes} is more than longestMinutes.", $"a number up to {policy.Brake.LongestMinutes}");
        foreach (var (category, cap) in correlation.Caps)
        {
            Check(
                cap < correlation.ContainAt, $"correlation.caps.{PolicyKeys.Name(category)}",
                $"{cap} would let one category alone contain.", $"a number below containAt, which is {correlation.ContainAt}");
        }

        foreach (var id in policy.Guards.ApprovalFor.Where(id => actionIds?.Contains(id) == false))
        {
            var ids = string.Join(", ", actionIds!.Order(StringComparer.Ordinal));
            Check(false, "guards.approvalFor", $"There is no action '{Printable.Of(id)}'.", $"some of {ids}");
        }
    }

    /// <summary>Notes an error where nobody is named who deploys ResponseKit.</summary>
    public void NeedDeployer(ResponsePolicy policy)
    {
        if (!policy.Guards.Deployers.IsEmpty)
            return;
        var place = NearDeployers.FirstOrDefault(lines.ContainsKey);
        Errors.Add(new(
            place is null ? 1 : lines[place], "guards.deployers",
            "In mode enforce whoever changes ResponseKit itself is contained, and nobody is named who deploys it.",
            "the roles that deploy it, such as arn:aws:iam::111122223333:role/cdk-hnb659fds-deploy-role-111122223333-eu-west-1"));
    }

    private void Check(bool isRight, string key, string problem, string accepts)
    {
        if (isRight)
            return;
        // A key that is left out clashes with another that is not; the nearest that is there tells the line.
        var place = new[] { key, "correlation.containAt", "correlation" }.FirstOrDefault(lines.ContainsKey);
        Errors.Add(new(place is null ? 1 : lines[place], key, problem, accepts));
    }

    private static string Known(string prefix) => string.Join(", ", PolicyKeys.All
        .Where(key => key.Path.StartsWith(prefix, StringComparison.Ordinal))
        .Select(key => key.Path[prefix.Length..].Split('.')[0])
        .Distinct());

    /// <summary>A value as an error names it.</summary>
    public static string Shown(PolicyNode node) => node.Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{Printable.Of(node.Text)}'",
        JsonValueKind.Number => node.Number is { } number ? $"{number}" : "a number that is no whole number",
        JsonValueKind.True or JsonValueKind.False => node.Kind.ToString().ToLowerInvariant(),
        _ => "null",
    };
}
