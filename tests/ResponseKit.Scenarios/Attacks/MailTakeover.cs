using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>
/// A user's key becomes a console session by GetFederationToken, and mail by SES is asked for in every region within ten seconds (Wiz, 2025; the federation as
/// seen by Datadog and Unit 42).
/// </summary>
internal sealed class MailTakeover : IScript
{
    public IEnumerable<Plot> Plots => [new("federation-ses-takeover", "A federated console session, and mail in all regions", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 3, 700);
        var user = stage.User("newsletter-sender");
        var key = stage.Dice.Key();
        stage.Person(user.WithKey(key, new("192.0.2.140", Agents.JavaApplication)), stage.After(5)).Pace(60, 400).Does(
            Enumerable.Range(0, 20).Select(_ => stage.Other(stage.Home).Read("ses", "GetSendQuota")));

        var place = new Place("198.51.100.33", Agents.Boto3);
        var thief = stage.Thief(user.WithKey(key, place), stage.After(80)).Pace(0.5, 3);
        thief.Does(stage.Sts(Regions.Virginia, thief.Now).WhoAmI(), stage.Other(Regions.Virginia).Read("ses", "GetSendQuota"),
            stage.Other(Regions.Virginia).Read("ses", "GetAccount"));

        var session = stage.Dice.TemporaryKey();
        thief.Does(stage.Sts(Regions.Virginia, thief.Now).GetFederationToken("aws-console", session, IamCalls.Everything));
        var browser = new Place("198.51.100.34", Agents.Chrome);
        var since = thief.Now;
        thief.As(user.Federated("aws-console", session, since, browser)).Does(
            stage.Sts(Regions.Virginia, since).GetSigninToken(session), stage.Sts(Regions.Virginia, since).SignIn(mfa: false));
        var console = user.Federated("aws-console", stage.Dice.TemporaryKey(), since, browser, console: true);
        thief.As(console).Does(IamCalls.Read("ListUsers"), IamCalls.Read("GetAccountSummary"), stage.Other(Regions.Virginia).Read("ses", "ListEmailIdentities"));

        var helper = stage.User("ses-smtp-user.20260310-0931");
        var iam = stage.Iam(thief.Now);
        thief.Wait(20, 60).Does(iam.CreateUser(helper), IamCalls.PutUserPolicy(helper, "AmazonSesSendingAccess", IamCalls.Policy(("ses:SendRawEmail", "*"))),
            iam.CreateAccessKey(helper, stage.Dice.Key()));
        stage.Planted.Add(helper.Arn);

        thief.As(user.WithKey(key, place)).Wait(40, 80).Pace(0.3, 0.6).Does(Regions.Default.Select(region => stage.Other(region).PutAccountDetails()));
        thief.Pace(2, 6).Does(
            stage.Other(Regions.Virginia).CreateEmailIdentity("parcel-notice.example"), stage.Other(Regions.Ireland).CreateEmailIdentity("parcel-notice.example"),
            stage.Other(Regions.Virginia).RequestQuota("L-804C8AE8", 1_000_000, "ses"));
    }
}
