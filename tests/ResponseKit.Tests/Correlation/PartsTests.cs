using ResponseKit.Correlation;

namespace ResponseKit.Tests.Correlation;

public sealed class PartsTests
{
    [Fact]
    public void Every_category_has_its_place()
    {
        Assert.Equal(Enum.GetValues<SignalCategory>().Select(category => (int)category), Enumerable.Range(0, Parts.Categories));

        var parts = default(Parts);
        foreach (var category in Enum.GetValues<SignalCategory>())
            parts[(int)category] = 10 + (int)category;
        Assert.Equal(Enum.GetValues<SignalCategory>().ToDictionary(category => category, category => 10 + (int)category), parts.ToDictionary().ToDictionary());
        Assert.Equal((91, 6, 81), (parts.Sum, parts.CountAtLeast(11), parts.Without(SignalCategory.Recon).Sum));
        Assert.DoesNotContain(SignalCategory.Recon, parts.Without(SignalCategory.Recon).ToDictionary().Keys);
    }
}
