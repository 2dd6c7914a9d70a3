using ResponseKit.Infra.Settings;
using ResponseKit.Infra.Tests.Synthesis;

namespace ResponseKit.Infra.Tests.Nag;

/// <summary>What AWS Solutions' rules find in what is deployed is known, and each finding that stays has its reason.</summary>
public sealed class NagTests
{
    private static readonly Lazy<Task<IReadOnlyList<Finding>>> Found = new(FindAsync);

    [Fact]
    public async Task Every_finding_is_acknowledged_with_a_reason()
    {
        var news = (await Found.Value).Where(finding => !Acknowledged.All.Any(known => IsMeant(known, finding)))
            .Select(finding => $"{finding.Template}, {finding.Resource}: {finding.Rule}: {finding.Description} Correct it, or say in Nag/Acknowledged.cs why it is as it should be.");
        Assert.Empty(news);
    }

    [Fact]
    public async Task No_acknowledgement_outlives_its_finding()
    {
        var found = await Found.Value;
        Assert.Empty(Acknowledged.All.Where(known => !found.Any(finding => IsMeant(known, finding))).Select(known => known.Reason));
    }

    [Fact]
    public async Task What_is_wrong_is_found_and_not_acknowledged()
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-nag-").FullName;
        var file = Path.Combine(folder, "Wrong.template.json");
        await File.WriteAllTextAsync(file, """
            {"Resources":{"AccountResponderB6DAEC2A":{"Type":"AWS::IAM::Role","Properties":{
              "AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]},
              "Policies":[{"PolicyName":"wide","PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::*"}]}}]}},
             "HubStoreTopic00000000":{"Type":"AWS::SNS::Topic"}}}
            """);

        var found = await Finding.InAsync([file]);

        Assert.Equal(
            ["AwsSolutions-IAM5[Action::s3:*]", "AwsSolutions-IAM5[Resource::arn:aws:s3:::*]", "AwsSolutions-SNS3"], found.Select(finding => finding.Rule).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(found, finding => Acknowledged.All.Any(known => IsMeant(known, finding)));
        Directory.Delete(folder, recursive: true);
    }

    private static bool IsMeant(Acknowledged known, Finding finding) => finding.Rule.Split('[')[0] == known.Rule && known.Fits(finding);

    // Both scopes, everything switched on, with what StackSets bring into accounts. The regions of a deployment differ in nothing but their names.
    private static async Task<IReadOnlyList<Finding>> FindAsync()
    {
        var found = new List<Finding>();
        foreach (var made in new[] { await Synthesized.UsualAsync(), await Synthesized.WidestAsync(), await Synthesized.OrganizationAsync() })
        {
            var regional = made.Templates.Where(template => DefaultRegions.EnabledEverywhere.Any(region => template.Stack.EndsWith($"-{region}", StringComparison.Ordinal))).ToList();
            found.AddRange(await Finding.InAsync(made.Templates.Except(regional.Skip(2)).Select(template => template.File)));
        }

        return found;
    }
}
