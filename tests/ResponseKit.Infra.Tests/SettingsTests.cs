using System.Text.Json;
using ResponseKit.Infra.Settings;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Policy;

namespace ResponseKit.Infra.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("scope", "acount", "-c scope=acount: there is no such scope. Accepted: account, organization.")]
    [InlineData("mode", "observer", "-c mode=observer: there is no such mode. Accepted: observe, approve, enforce.")]
    [InlineData("mode", "", "-c mode: there is no text after it. Accepted: observe, approve or enforce.")]
    [InlineData("reads", "yes", "-c reads=yes: there is no such reads. Accepted: on, off.")]
    [InlineData("concurrency", "10", "Accepted: reserved, shared.")]
    [InlineData("testevents", "on", "Accepted: new, existing, off.")]
    [InlineData("regions", "us-east-1,mars", "-c regions: 'mars' is no region. Accepted: regions with commas between them")]
    [InlineData("regions", "cn-north-1", "-c regions: 'cn-north-1' is in another partition than the home region eu-west-1.")]
    [InlineData("notify", "security", "-c notify=security: this is no e-mail address. Accepted: one such as security@example.com.")]
    [InlineData("moed", "enforce", "-c moed: there is no such setting. Accepted: scope (account or organization); mode (observe, approve or enforce)")]
    [InlineData("policy", "none.json", "-c policy=none.json: the file cannot be read")]
    public void A_wrong_setting_is_refused_with_what_is_accepted(string key, string value, string expected)
    {
        var error = Assert.Throws<SettingsException>(() => Read((key, value)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("organization", "o-1", "-c organization: 'o-1' is none. Accepted: an organization's id, such as o-a1b2c3d4e5.")]
    [InlineData("hub", "12", "-c hub: '12' is none. Accepted: the id of the security account.")]
    [InlineData("management", "444455556666", "-c hub=444455556666: this is the management account")]
    [InlineData("units", "ou-ab12-11111111,Workloads", "-c units: 'Workloads' is none. Accepted: organizational units with commas between them")]
    [InlineData("breakglass", "arn:aws:iam::*:role/BreakGlass", "With * for the account or in the name only below role/aws-reserved/sso.amazonaws.com/")]
    [InlineData("breakglass", "arn:aws:iam::111122223333:role/Break*", "With * for the account or in the name only below role/aws-reserved/sso.amazonaws.com/")]
    public void A_wrong_setting_of_an_organization_is_refused_with_what_is_accepted(string key, string value, string expected)
    {
        var error = Assert.Throws<SettingsException>(() => Read([.. Organization.Where(one => one.Key != key), (key, value)]));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Single(error.Message.Split('\n'));
    }

    [Fact]
    public void All_that_an_organization_needs_is_asked_for_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Read(("scope", "organization"), ("hub", "444455556666"))).Message;
        Assert.StartsWith("-c scope=organization also needs -c organization= (", error, StringComparison.Ordinal);
        Assert.Contains("-c management= (", error, StringComparison.Ordinal);
        Assert.Contains("-c units= (", error, StringComparison.Ordinal);
        Assert.DoesNotContain("-c hub=", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_for_an_organization_is_refused_for_an_account() => Assert.Equal(
        "-c units: this is only for -c scope=organization.", Assert.Throws<SettingsException>(() => Read(("units", "r-ab12"))).Message);

    [Fact]
    public void An_organization_in_china_is_told_what_it_can_do()
    {
        var error = Assert.Throws<SettingsException>(() => new SettingsReader(Context(Organization), "cn-north-1", null).Read(_ => "{}"));
        Assert.Contains("Accepted there: -c scope=account, in each account.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_organization_is_read()
    {
        var organization = Read([.. Organization, ("breakglass", "arn:aws:iam::111122223333:role/security/BreakGlass," + Synthesized.BreakGlass)]).Organization!;
        Assert.Equal(("o-a1b2c3d4e5", "444455556666", "777788889999"), (organization.Id, organization.Hub, organization.Management));
        Assert.Equal(["r-ab12", "ou-ab12-11111111"], organization.Units.AsEnumerable());
        Assert.Equal(2, organization.BreakGlass.Length);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var error = Assert.Throws<SettingsException>(() => Read(("mode", "x"), ("reads", "x"), ("region", "x")));
        Assert.Equal(3, error.Message.Split('\n').Length);
    }

    [Fact]
    public void A_scope_must_be_given() => Assert.Contains(
        "-c scope is missing. Accepted: -c scope=account, -c scope=organization.",
        Assert.Throws<SettingsException>(() => Read(new Dictionary<string, JsonElement>())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_wrong_policy_file_is_refused_by_line()
    {
        var error = Assert.Throws<SettingsException>(() => Read(Context([]), _ => "{\n  \"mode\": \"observe\",\n  \"guards\": { \"approvalFor\": [\"iam.no-such\"], \"gaurds\": 1 }\n}"));
        Assert.Contains("-c policy=responsekit.json: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("3", error.Message, StringComparison.Ordinal);
        Assert.Contains("gaurds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aws:cdk:enable-path-metadata")]
    [InlineData("@aws-cdk/core:checkSecretUsage")]
    [InlineData("availability-zones:account=111122223333:region=eu-west-1")]
    [InlineData("cli-telemetry")]
    public void Keys_of_cdk_itself_are_passed_over(string key) => Assert.Equal(DeploymentScope.Account, Read((key, "true")).Scope);

    [Fact]
    public void What_is_not_said_is_the_careful_choice()
    {
        var settings = Read();
        Assert.Equal(ResponseMode.Observe, settings.Mode);
        Assert.False(settings.Reads);
        Assert.Equal(["eu-west-1", "us-east-1"], settings.Regions.AsEnumerable());
    }

    [Fact]
    public void All_regions_are_those_that_nobody_has_to_enable()
    {
        var regions = Read(("regions", "all")).Regions;
        Assert.Equal(17, regions.Length);
        Assert.Equal("eu-west-1", regions[0]);
    }

    [Fact]
    public void The_home_region_is_watched_whatever_others_are() => Assert.Equal(["eu-west-1", "us-west-2"], Read(("regions", "us-west-2")).Regions.AsEnumerable());

    [Fact]
    public async Task The_app_refuses_without_a_stack_trace_and_before_anything_is_made()
    {
        var output = Directory.CreateTempSubdirectory("responsekit-infra-").FullName;
        try
        {
            var (exitCode, error) = await InfraProcess.RunAsync(new Dictionary<string, string> { ["scope"] = "account", ["mode"] = "kill" }, output, "eu-west-1");
            Assert.Equal(1, exitCode);
            Assert.Equal(["-c mode=kill: there is no such mode. Accepted: observe, approve, enforce.", "Nothing was made. See docs/deploy.md."], error.TrimEnd().Split('\n'));
            Assert.False(Directory.Exists(Path.Combine(output, "cdk.out")));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public async Task The_app_says_what_it_deploys()
    {
        Assert.Contains("scope account, mode observe (plans and reports, changes nothing)", (await Synthesized.UsualAsync()).Said, StringComparison.Ordinal);
        Assert.Contains("scope account, mode enforce (acts at once)", (await Synthesized.WidestAsync()).Said, StringComparison.Ordinal);
        Assert.Contains("The policy file says mode observe. What counts in a deployment is -c mode=enforce.", (await Synthesized.WidestAsync()).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_mode_travels_in_the_package()
    {
        var package = Path.Combine(Path.GetDirectoryName((await Synthesized.WidestAsync()).Folder)!, "package", "responsekit.json");
        var policy = Assert.IsType<PolicyResult.Loaded>(PolicyFile.Parse(await File.ReadAllTextAsync(package))).Policy;
        Assert.Equal(ResponseMode.Enforce, policy.Mode);
        Assert.Equal("enforce", (await Synthesized.WidestAsync()).Home.Outputs["Mode"]);
    }

    private static readonly (string Key, string Value)[] Organization =
    [
        ("scope", "organization"), ("organization", "o-a1b2c3d4e5"), ("hub", "444455556666"), ("management", "777788889999"), ("units", "r-ab12,ou-ab12-11111111"),
    ];

    private static DeploymentSettings Read(params (string Key, string Value)[] given) => Read(Context(given));

    private static DeploymentSettings Read(IReadOnlyDictionary<string, JsonElement> context, Func<string, string>? read = null) =>
        new SettingsReader(context, "eu-west-1", null).Read(read ?? (path => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, path))));

    private static Dictionary<string, JsonElement> Context((string Key, string Value)[] given)
    {
        var context = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["scope"] = JsonSerializer.SerializeToElement("account") };
        foreach (var (key, value) in given)
            context[key] = JsonSerializer.SerializeToElement(value);
        return context;
    }
}
