using ResponseKit.Detections;

namespace ResponseKit.Tests.Detections;

public sealed class MinersTests
{
    [Theory]
    [InlineData("./xmrig -o 198.51.100.7:443", "xmrig")]
    [InlineData("XMRig", "xmrig")]
    [InlineData("/tmp/.x/xmrig64", "xmrig")]
    [InlineData("SRBMiner-MULTI --disable-gpu", "srbminer")]
    [InlineData("someone/cpuminer-multi:latest", "cpuminer")]
    [InlineData("supportxmr.com then xmrig", "xmrig")]
    public void Finds_programs(string text, string sign) => Assert.Equal(new Miners.Sign(sign, Miners.SignKind.Program), Miners.Find(text));

    [Theory]
    [InlineData("a b c -o stratum+tcp://pool.example.net:3333", "stratum+tcp")]
    [InlineData("sh -c 'sleep 1; ./x --donate-level=1'", "--donate-level")]
    public void Finds_arguments(string text, string sign) => Assert.Equal(new Miners.Sign(sign, Miners.SignKind.Argument), Miners.Find(text));

    [Theory]
    [InlineData("eu.rplant.xyz:7155", "rplant.xyz")]
    [InlineData("https://api2.NiceHash.com/main", "nicehash.com")]
    public void Finds_pools(string text, string sign) => Assert.Equal(new Miners.Sign(sign, Miners.SignKind.Pool), Miners.Find(text));

    [Theory]
    [InlineData("")]
    [InlineData("nginx -g daemon off;")]
    [InlineData("minerdata --import")]
    [InlineData("logminer")]
    [InlineData("examiner")]
    [InlineData("dataminerd2go")]
    [InlineData("--donate")]
    public void Finds_nothing_in_ordinary_words(string text) => Assert.Null(Miners.Find(text));

    [Fact]
    public void Finds_the_word_behind_much_padding() => Assert.NotNull(Miners.Find(new string('x', 500_000) + " xmrig"));

    [Fact]
    public void Is_quick_about_text_made_of_near_misses()
    {
        var text = string.Concat(Enumerable.Repeat("xmrigs", 100_000));
        Assert.Null(Miners.Find(text));
    }
}
