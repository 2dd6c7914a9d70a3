using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>Language models at somebody else's expense: try which models answer, ask for access to more, resell (Sysdig's "LLMjacking", and after it many).</summary>
internal sealed class ModelTheft : IScript
{
    private static readonly string[] Models =
    [
        "anthropic.claude-sonnet-4-20250514-v1:0", "anthropic.claude-3-7-sonnet-20250219-v1:0", "anthropic.claude-3-opus-20240229-v1:0",
            "meta.llama3-1-405b-instruct-v1:0",
        "mistral.mistral-large-2407-v1:0",
    ];

    public IEnumerable<Plot> Plots => [new("llmjacking", "A leaked key resells language models", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 6, 800);
        var user = stage.User("chat-prototype");
        var key = stage.Dice.Key();
        stage.Person(user.WithKey(key, new("192.0.2.150", Agents.Boto3)), stage.After(10)).Pace(40, 300).Does(
            Enumerable.Range(0, 40).Select(_ => stage.Other(stage.Home).InvokeModel("amazon.titan-text-express-v1")));

        var thief = stage.Thief(user.WithKey(key, new("203.0.113.71", Agents.GoTool)), stage.After(100)).Pace(0.3, 1.5);
        thief.Does(stage.Sts(stage.Home, thief.Now).WhoAmI());
        foreach (var region in new[] { Regions.Virginia, Regions.Oregon, Regions.Frankfurt, "ap-northeast-1" })
        {
            var other = stage.Other(region);
            thief.Does(other.Read("bedrock", "ListFoundationModels"), other.Read("bedrock", "GetModelInvocationLoggingConfiguration"));
            // The length is out of range on purpose: whoever may call the model gets another error than whoever may not.
            thief.Does(Models.Select(model => other.InvokeModel(model).Failing("ValidationException", "max_tokens_to_sample: range: 1..1,000,000")));
        }

        foreach (var model in Models.Take(3))
        {
            thief.Does(
                stage.Other(Regions.Virginia).Read("bedrock", "GetFoundationModelAvailability", new { modelId = model }),
                stage.Other(Regions.Virginia).Write("bedrock", "PutUseCaseForModelAccess", null),
                stage.Other(Regions.Virginia).Read("bedrock", "ListFoundationModelAgreementOffers", new { modelId = model }),
                stage.Other(Regions.Virginia).Write("bedrock", "CreateFoundationModelAgreement",
                    new { modelId = model, offerToken = "HIDDEN_DUE_TO_SECURITY_REASONS" }, new { modelId = model }),
                stage.Other(Regions.Virginia).Write("bedrock", "PutFoundationModelEntitlement", new { modelId = model }, new { status = "SUCCESS" }));
        }

        var reseller = stage.User("bedrock-proxy-01");
        var second = stage.Dice.Key();
        var iam = stage.Iam(thief.Now);
        thief.Pace(2, 6).Does(iam.CreateUser(reseller), IamCalls.AttachUserPolicy(reseller, "arn:aws:iam::aws:policy/AmazonBedrockFullAccess"),
            iam.CreateAccessKey(reseller, second));
        thief.As(stage.Stolen(reseller.WithKey(second, new("203.0.113.72", Agents.GoTool)))).WaitMinutes(5, 15).Pace(0.5, 20)
            .Does(Enumerable.Range(0, 500)
            .Select(_ => stage.Other(stage.Dice.Pick([Regions.Virginia, Regions.Oregon])).InvokeModel(stage.Dice.Pick(Models), "InvokeModelWithResponseStream")));
    }
}
