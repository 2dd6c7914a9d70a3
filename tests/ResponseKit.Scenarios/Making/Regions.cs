namespace ResponseKit.Scenarios.Making;

internal static class Regions
{
    public const string Virginia = "us-east-1";
    public const string Oregon = "us-west-2";
    public const string Ireland = "eu-west-1";
    public const string Frankfurt = "eu-central-1";

    /// <summary>The regions that an account has without opting in to them.</summary>
    public static readonly IReadOnlyList<string> Default =
    [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1", "eu-north-1",
        "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
    ];
}
