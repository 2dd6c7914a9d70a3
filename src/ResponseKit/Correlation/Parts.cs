using System.Collections.Immutable;
using ResponseKit.Detections;

namespace ResponseKit.Correlation;

/// <summary>Each category's part of the evidence, after its cap.</summary>
internal readonly record struct Parts(ImmutableArray<int> Values)
{
    /// <summary>The part of one category.</summary>
    public int this[SignalCategory category] => Values[(int)category];

    /// <summary>All parts together.</summary>
    public int Sum => Values.Sum();

    /// <summary>The parts without one of them.</summary>
    public Parts Without(SignalCategory category) => new(Values.SetItem((int)category, 0));

    /// <summary>The categories whose part is at least so much.</summary>
    public IEnumerable<SignalCategory> AtLeast(int part)
    {
        var values = Values;
        return Enum.GetValues<SignalCategory>().Where(category => values[(int)category] >= part);
    }

    /// <summary>The parts above zero, by category.</summary>
    public ImmutableSortedDictionary<SignalCategory, int> ToDictionary()
    {
        var values = Values;
        return AtLeast(1).ToImmutableSortedDictionary(category => category, category => values[(int)category]);
    }
}
