using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;

namespace ResponseKit.Cli.Tests.Drill;

[Collection(KeptDrillTests.Name)]
public sealed class UndoTests(KeptDrill drill)
{
    [Fact]
    public async Task After_a_kept_drill_undo_gives_the_misused_user_his_settings_back_and_leaves_the_attackers_things_contained()
    {
        using var iam = Administrator(drill.Emulator.ToString());
        Assert.Equal(["Inactive"], await KeysOf(iam, "ci-deploy"));
        // Another file than the usual one: what was undone must be noted there, and nowhere else.
        var other = Path.Combine(drill.Folder, "other.json");
        File.Move(Path.Combine(drill.Folder, ".responsekit", "drill.json"), other);

        // Whoever only wants to see, and leaves out the incident, must not have everything undone.
        var seen = await CommandLine.RunAsync(drill.Folder, "undo", "--plan", "--state", other);
        Assert.Equal(2, seen.Code);
        Assert.Contains("Nothing was changed", seen.Errors, StringComparison.Ordinal);
        Assert.Equal(["Inactive"], await KeysOf(iam, "ci-deploy"));

        var undone = await CommandLine.RunAsync(drill.Folder, "undo", "--state", other);

        Assert.True(undone.Code == 0, undone.Output + undone.Errors);
        Assert.Equal(["Active"], await KeysOf(iam, "ci-deploy"));
        var policies = await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = "ci-deploy" });
        Assert.Equal(["AdministratorAccess"], policies.AttachedPolicies.Select(policy => policy.PolicyName));
        var users = await iam.ListUsersAsync(new ListUsersRequest());
        var backDoor = users.Users.Single(user => user.UserName.StartsWith("user-", StringComparison.Ordinal)).UserName;
        Assert.Equal(["Inactive"], await KeysOf(iam, backDoor));
        Assert.Empty(Directory.GetFiles(Path.Combine(drill.Folder, ".responsekit")));
        Assert.Contains("0 receipts undone", (await CommandLine.RunAsync(drill.Folder, "undo", "--state", other)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_kept_drill_there_is_nothing_to_undo_and_the_message_says_what_to_run()
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-undo").FullName;

        var (code, output, errors) = await CommandLine.RunAsync(folder, "undo");

        Directory.Delete(folder, recursive: true);
        Assert.Equal(2, code);
        Assert.Contains("drill --keep", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_file_of_something_else_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("responsekit-undo").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "other.json"), "[1, 2");

        var (code, output, errors) = await CommandLine.RunAsync(folder, "undo", "--state", "other.json");

        Directory.Delete(folder, recursive: true);
        Assert.Equal(2, code);
        Assert.Contains("was not written by a drill", output + errors, StringComparison.Ordinal);
    }

    private static AmazonIdentityManagementServiceClient Administrator(string address) => new(
        new BasicAWSCredentials("AKIAROOT111122223333", "drill"),
        new AmazonIdentityManagementServiceConfig { ServiceURL = address, AuthenticationRegion = "us-east-1" });

    private static async Task<IEnumerable<string>> KeysOf(AmazonIdentityManagementServiceClient iam, string user) =>
        (await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user })).AccessKeyMetadata.Select(key => key.Status.Value);
}
