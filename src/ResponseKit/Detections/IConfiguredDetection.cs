using System.Collections.Immutable;
using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>
/// A pure rule over one record that also reads what the policy file sets, such as how many machines are many. It is found like an
/// <see cref="IDetection"/>, which is one that comes to the same result whatever is set.
/// </summary>
public interface IConfiguredDetection
{
    /// <summary>What it is.</summary>
    DetectionDescriptor Descriptor { get; }

    /// <summary>
    /// Looks at a record that one of the selectors accepts. Null when there is nothing to say. Must not throw whatever the record holds:
    /// members may be missing or of any type.
    /// </summary>
    Finding? Evaluate(CloudTrailRecord record, DetectionSettings settings);

    /// <summary>Records that must match and records that must not: at least one of each.</summary>
    ImmutableArray<DetectionExample> Examples { get; }
}
