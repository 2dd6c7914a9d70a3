using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace ResponseKit.Correlation;

/// <summary>Each category's part of the evidence, after its cap. Made for every signal of every case, so it lives where it is used.</summary>
[InlineArray(Categories)]
internal struct Parts
{
    /// <summary>How many categories there are.</summary>
    public const int Categories = 7;

    private int first;

    /// <summary>The part of one category.</summary>
    public readonly int this[SignalCategory category] => this[(int)category];

    /// <summary>All parts together.</summary>
    public readonly int Sum
    {
        get
        {
            var sum = 0;
            foreach (var part in this)
                sum += part;
            return sum;
        }
    }

    /// <summary>How many categories have a part of at least so much.</summary>
    public readonly int CountAtLeast(int least)
    {
        var count = 0;
        foreach (var part in this)
            count += part >= least ? 1 : 0;
        return count;
    }

    /// <summary>The parts without one of them.</summary>
    public readonly Parts Without(SignalCategory category)
    {
        var without = this;
        without[(int)category] = 0;
        return without;
    }

    /// <summary>The parts above zero, by category.</summary>
    public readonly ImmutableSortedDictionary<SignalCategory, int> ToDictionary()
    {
        var parts = ImmutableSortedDictionary.CreateBuilder<SignalCategory, int>();
        for (var category = 0; category < Categories; category++)
        {
            if (this[category] > 0)
                parts.Add((SignalCategory)category, this[category]);
        }

        return parts.ToImmutable();
    }
}
