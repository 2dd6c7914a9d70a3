using System.Diagnostics.CodeAnalysis;
using ResponseKit.Detections;
using ResponseKit.Sharing;

namespace ResponseKit.Correlation;

/// <summary>Gives the same finding for the same again: monitors, deployers and attackers repeat themselves, and cases keep what was found.</summary>
internal static class SharedFindings
{
    private static readonly SharedValues<Finding> Findings = new(new SameFinding());

    /// <summary>The finding, or the equal one that is there.</summary>
    public static Finding Of(Finding finding) => Findings.Of(finding);

    private sealed class SameFinding : IEqualityComparer<Finding>
    {
        public bool Equals(Finding? one, Finding? other) => ReferenceEquals(one, other)
            || (one is not null && other is not null && one.Explanation == other.Explanation && one.Facts.Count == other.Facts.Count
                && one with { Facts = other.Facts } == other && HaveSameFacts(one, other));

        private static bool HaveSameFacts(Finding one, Finding other)
        {
            foreach (var (name, value) in one.Facts)
            {
                if (!other.Facts.TryGetValue(name, out var its) || its != value)
                    return false;
            }

            return true;
        }

        public int GetHashCode([DisallowNull] Finding finding) => finding.Explanation.GetHashCode(StringComparison.Ordinal);
    }
}
