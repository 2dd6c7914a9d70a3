using ResponseKit.Detections;
using ResponseKit.Detections.Ecs;

namespace ResponseKit.Tests.Detections.Ecs;

public sealed class MiningCommandTests
{
    [Theory]
    [InlineData("""["xmrig","-o","198.51.100.7:443"]""")]
    [InlineData("""["/opt/x/XMRig64"]""")]
    [InlineData("""["sh","-c","sleep 1; ./cpuminer -a x"]""")]
    [InlineData("""["sh","-c","cd /tmp && nohup ./srbminer --disable-gpu &"]""")]
    [InlineData("""["bash","-c","A=1 exec '/x/lolminer'"]""")]
    [InlineData("""["./worker","-o","stratum+tcp://pool.example.net:3333"]""")]
    [InlineData("""["./worker","--url=stratum+ssl://pool.example.net:3333"]""")]
    [InlineData("""["./worker","--donate-level","1"]""")]
    [InlineData("""["./worker","--randomx-mode=fast"]""")]
    public void A_miner_that_is_run_is_decisive(string command) => Assert.True(Look("debian:12", command)!.Decisive);

    [Theory]
    [InlineData("""["scan","--branch","fix-xmrig"]""")]
    [InlineData("""["deploy.sh","xmrig"]""")]
    [InlineData("""["grep","-rE","xmrig|stratum+tcp://","/srv"]""")]
    [InlineData("""["yara","--pattern=stratum+tcp://","/srv"]""")]
    [InlineData("""["sh","-c","echo xmrig; scan --for stratum+tcp://a"]""")]
    [InlineData("""["pay","--note","nanopool.org"]""")]
    public void A_miner_s_name_among_arguments_is_a_signal_and_no_more(string command)
    {
        var finding = Look("acme/tool:1", command)!;
        Assert.Equal((40, false), (finding.Weight, finding.Decisive));
    }

    [Theory]
    [InlineData("111122223333.dkr.ecr.us-east-1.amazonaws.com/web:feature-xmrig", 15)]
    [InlineData("111122223333.dkr.ecr.us-east-1.amazonaws.com/xmrig/web:1", 15)]
    [InlineData("acme/xmrig-exporter:1", 40)]
    [InlineData("444455556666.dkr.ecr.us-east-1.amazonaws.com/xmrig:1", 40)]
    public void A_miner_s_name_in_an_image_is_a_signal_and_less_in_the_account_s_own(string image, int weight)
    {
        var finding = Look(image, """["serve"]""")!;
        Assert.Equal((weight, false), (finding.Weight, finding.Decisive));
    }

    [Fact]
    public void The_run_of_one_container_counts_more_than_the_names_of_others() => Assert.True(Look(
        "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:xmrig", """["serve"] },{"image":"a/b","command":["xmrig"]""")!.Decisive);

    [Fact]
    public void What_did_not_take_effect_is_not_decisive() => Assert.False(Look("debian:12", """["xmrig"]""", "ClientException")!.Decisive);

    private static Finding? Look(string image, string command, string? error = null) => new MiningCommand().Look(DetectionExample.Match(
        "x", "ecs.amazonaws.com", "RegisterTaskDefinition", $$"""{"family":"web","containerDefinitions":[{"image":"{{image}}","command":{{command}} }]}""", error).Record());
}
