using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ssm;

/// <summary>
/// Parameters read in the clear, several at a time; how many different ones were is what <c>pattern.secrets-in-bulk</c> counts. The single
/// <c>GetParameter</c> is left out: programs make it with every start, and a rule on it would hear little else.
/// </summary>
public sealed class ParametersRead : IDetection
{
    private const int ByPath = 10;
    private static readonly Attempt Weight = new(Success: 1);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "ssm.parameters-read",
        Title = "Secret parameters read from the Parameter Store",
        Category = SignalCategory.Recon,
        Techniques = [Techniques.CloudSecrets],
        Selectors = [Selector.Reads(EventSources.Ssm, "GetParameters", "GetParametersByPath")],
        Why = "Passwords and keys lie in the Parameter Store, and one call by path reads all of them, decrypted.",
        BenignCauses = ["Programs and containers reading their settings", "Infrastructure as code, which reads many"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        if (record.Request["withDecryption"].Flag is not true || Delegation.IsByService(record))
            return null;
        var names = record.Request["names"].Items.Take(1000).Select(name => name.Text).OfType<string>().ToList();
        var path = record.Request["path"].Text;
        var what = path is null ? $"the parameters {Plain.Names(names)} in the clear" : $"all parameters below {Plain.Name(path)} in the clear";
        return Weight.Finding(record, "read", "read", what)
            ?.With(SecretsCounted.Fact, (path is null ? Math.Max(1, names.Count) : ByPath).ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("several at once", EventSources.Ssm, "GetParameters",
            """{"names":["/web/db","/web/key"],"withDecryption":true}""") with { IsRead = true },
        DetectionExample.Match("all there are", EventSources.Ssm, "GetParametersByPath",
            """{"path":"/","recursive":true,"withDecryption":true}""") with { IsRead = true },
        DetectionExample.Ignore("settings that are no secret", EventSources.Ssm, "GetParameters",
            """{"names":["/web/color"],"withDecryption":false}""") with { IsRead = true },
        DetectionExample.Ignore("settings below a path", EventSources.Ssm, "GetParametersByPath", """{"path":"/web"}""") with { IsRead = true },
    ];
}
