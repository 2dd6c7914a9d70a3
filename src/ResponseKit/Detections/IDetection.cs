using ResponseKit.Policy;
using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>
/// A pure rule over one record that needs nothing but the record. One file holds all of a detection: what it is, the rule, its examples.
/// Classes that implement this are found by themselves (<see cref="DetectionCatalogue"/>); they need a constructor without parameters.
/// </summary>
public interface IDetection : IConfiguredDetection
{
    /// <summary>
    /// Looks at a record that one of the selectors accepts. Null when there is nothing to say. Must not throw whatever the record holds:
    /// members may be missing or of any type.
    /// </summary>
    Finding? Evaluate(CloudTrailRecord record);

    /// <inheritdoc/>
    Finding? IConfiguredDetection.Evaluate(CloudTrailRecord record, DetectionSettings settings) => Evaluate(record);
}
