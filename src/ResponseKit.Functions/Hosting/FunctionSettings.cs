using System.Collections.Immutable;
using System.Globalization;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation.Novelty;
using ResponseKit.Deployment;
using ResponseKit.Functions.Sweeping;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Rules;

namespace ResponseKit.Functions.Hosting;

/// <summary>What a deployment tells a function through its environment.</summary>
public sealed record FunctionSettings
{
    /// <summary>The function that triages events.</summary>
    public const string Triage = FunctionIds.Triage;

    /// <summary>The step of a response that plans.</summary>
    public const string Plan = FunctionIds.Plan;

    /// <summary>The step of a response that looks whether everything holds.</summary>
    public const string Look = FunctionIds.Look;

    /// <summary>The step of a response that ends it.</summary>
    public const string Report = FunctionIds.Report;

    /// <summary>The function that takes a person's answer.</summary>
    public const string Approval = FunctionIds.Approval;

    /// <summary>Which function this is: <see cref="Triage"/>, a step of a response, <see cref="Approval"/>, or an action's id. RESPONSEKIT_FUNCTION, else _HANDLER.</summary>
    public required string Function { get; init; }

    /// <summary>The DynamoDB table. RESPONSEKIT_TABLE.</summary>
    public required string Table { get; init; }

    /// <summary>The ARN of the KMS key of which the seals of the table's items are derived. RESPONSEKIT_SEAL_KEY.</summary>
    public required string SealKey { get; init; }

    /// <summary>The region that the function runs in. AWS_REGION, which Lambda sets.</summary>
    public required string Region { get; init; }

    /// <summary>An endpoint instead of AWS's own; null for AWS. AWS_ENDPOINT_URL.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>The role in the accounts. RESPONSEKIT_RESPONDER_ROLE, RESPONSEKIT_EXTERNAL_ID.</summary>
    public ResponderRole Role { get; init; } = new();

    /// <summary>The one account that is watched: RESPONSEKIT_ACCOUNT. Null where an organization is, or several accounts are.</summary>
    public string? Account { get; init; }

    /// <summary>The policy: RESPONSEKIT_POLICY, as a path or, when it begins with a brace, as the JSON itself. The default when it is not set, which only observes.</summary>
    public ResponsePolicy Policy { get; init; } = new();

    /// <summary>What old logs say is usual: RESPONSEKIT_BASELINE, the path of a file that <c>responsekit replay --learn</c> wrote. Empty when it is not set.</summary>
    public Baseline Baseline { get; init; } = Baseline.Empty;

    /// <summary>What carries responses through: RESPONSEKIT_RESPONSE is <c>none</c>, <c>in-process</c> or <c>state-machine</c>.</summary>
    public ResponseCarrier Response { get; init; }

    /// <summary>The ARN of the state machine that carries responses through. RESPONSEKIT_STATE_MACHINE; empty unless <see cref="Response"/> asks for it.</summary>
    public string StateMachine { get; init; } = "";

    /// <summary>The ARN of the SNS topic on which people are told. RESPONSEKIT_TOPIC; empty when nobody is.</summary>
    public string Topic { get; init; } = "";

    /// <summary>The ARN of the SNS topic that is told what the first does not take. RESPONSEKIT_ALARM_TOPIC; empty where there is none.</summary>
    public string AlarmTopic { get; init; } = "";

    /// <summary>What the sweep is told; null for every other function.</summary>
    internal SweepSettings? Sweep { get; init; }

    /// <summary>The name of the S3 bucket, in the function's own region, in which reports are kept. RESPONSEKIT_EVIDENCE_BUCKET; empty when none are.</summary>
    public string EvidenceBucket { get; init; } = "";

    /// <summary>The pause between two looks of a response in process. RESPONSEKIT_PAUSE_SECONDS.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Reads the settings. ResponseKit's own role is always among the roles that it neither judges nor contains.
    /// </summary>
    /// <param name="variable">The value of an environment variable; null when it is not set.</param>
    /// <exception cref="FunctionSettingsException">Something is missing or wrong; the message names each setting.</exception>
    public static FunctionSettings Read(Func<string, string?> variable)
    {
        var problems = new List<string>();
        var role = RoleIn(variable(FunctionVariables.ResponderRole), problems) with { ExternalId = variable(FunctionVariables.ExternalId) };
        var region = Required("AWS_REGION", variable, "the region that this runs in", problems);
        var account = AccountIn(variable(FunctionVariables.Account), problems);
        var deployers = DeployersIn(variable(FunctionVariables.Deployers), problems);
        var response = ResponseIn(variable(FunctionVariables.Response), problems);
        var settings = new FunctionSettings
        {
            Function = FunctionIn(variable(FunctionVariables.Function) ?? variable("_HANDLER"), problems),
            Table = Required(FunctionVariables.Table, variable, "the name of the DynamoDB table", problems),
            SealKey = SealKeyIn(variable(FunctionVariables.SealKey), problems),
            Region = region,
            ServiceUrl = variable("AWS_ENDPOINT_URL"),
            Role = role,
            Account = account,
            Policy = OwnIn(variable, PolicyIn(variable(FunctionVariables.Policy), deployers, problems), deployers, problems).WithOwnRole(role, region, account)
                .WithOwnParts(variable(FunctionVariables.ExternalId), account),
            Baseline = BaselineIn(variable(FunctionVariables.Baseline), problems),
            Response = response,
            StateMachine = response == ResponseCarrier.StateMachine ? StateMachineIn(variable(FunctionVariables.StateMachine), problems) : "",
            Topic = TopicIn(FunctionVariables.Topic, variable, problems),
            AlarmTopic = TopicIn(FunctionVariables.AlarmTopic, variable, problems),
            EvidenceBucket = variable(FunctionVariables.EvidenceBucket) ?? "",
            Pause = PauseIn(variable(FunctionVariables.PauseSeconds), problems),
            Sweep = (variable(FunctionVariables.Function) ?? variable("_HANDLER")) == FunctionIds.Sweep
                ? SweepSettings.Read(variable, variable("AWS_REGION") ?? "", problems)
                : null,
        };
        return problems.Count == 0 ? settings : throw new FunctionSettingsException(problems);
    }

    private static string Required(string name, Func<string, string?> variable, string accepts, List<string> problems)
    {
        if (variable(name) is { Length: > 0 } value)
            return value;
        problems.Add($"{name} is not set. Accepted: {accepts}.");
        return "";
    }

    private static ResponderRole RoleIn(string? name, List<string> problems)
    {
        var role = new ResponderRole();
        if (string.IsNullOrEmpty(name))
            return role;
        if (IamName.TrySplit(name.TrimStart('/'), out _, out _) && !name.AsSpan().ContainsAny('*', '?'))
            return role with { Name = name };
        problems.Add($"RESPONSEKIT_RESPONDER_ROLE is '{name}'. Accepted: a role's name with its path, such as ResponseKitResponder or security/ResponseKitResponder.");
        return role;
    }

    private static string? AccountIn(string? value, List<string> problems)
    {
        if (string.IsNullOrEmpty(value))
            return null;
        if (AccountId.IsValid(value))
            return value;
        problems.Add($"RESPONSEKIT_ACCOUNT is '{value}'. Accepted: an account id, twelve digits.");
        return null;
    }

    private static string FunctionIn(string? value, List<string> problems)
    {
        if (value is not null && (FunctionIds.All.Contains(value) || ActionCatalogue.Find(value) is not null))
            return value;
        problems.Add(
            $"RESPONSEKIT_FUNCTION is {(value is null ? "not set" : $"'{value}'")}. Accepted: "
            + string.Join(", ", FunctionIds.All.Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id))) + ".");
        return "";
    }

    private static ImmutableArray<ArnPattern> DeployersIn(string? value, List<string> problems)
    {
        if (NamedDeployers.Read(value ?? "", out var wrong) is { } roles)
            return roles;
        problems.Add($"{FunctionVariables.Deployers} holds '{wrong}', which is no ARN of a role. Accepted: ARNs of roles with spaces between them.");
        return [];
    }

    // What the deployment says of itself, which no policy file can.
    private static ResponsePolicy OwnIn(Func<string, string?> variable, ResponsePolicy policy, ImmutableArray<ArnPattern> deployers, List<string> problems)
    {
        policy = policy with { Guards = policy.Guards with { Deployers = [.. policy.Guards.Deployers.Concat(deployers).Distinct()] } };
        if (variable(FunctionVariables.Own) is not { Length: > 0 } own)
            return policy;
        if (OwnDeployment.TryRead(own, ActionCatalogue.All.Select(action => action.Descriptor.Id), OwnRules.DeliversCalls, out var deployment))
            return policy with { Detections = policy.Detections with { Own = deployment } };
        problems.Add($"{FunctionVariables.Own} holds no ARN with an account and a region. Accepted: ARNs and names of what is deployed, with spaces between them.");
        return policy;
    }

    private static ResponsePolicy PolicyIn(string? value, ImmutableArray<ArnPattern> deployers, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(value))
            return new ResponsePolicy();
        var isInline = value.TrimStart().StartsWith('{');
        var path = Path.Combine(AppContext.BaseDirectory, isInline ? "" : value);
        if (!isInline && !File.Exists(path))
        {
            problems.Add($"RESPONSEKIT_POLICY names the file '{path}', which does not exist. Accepted: a path, or the policy's JSON itself.");
            return new ResponsePolicy();
        }

        var text = isInline ? value : File.ReadAllText(path);
        string[] actions = [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)];
        var result = PolicyFile.Parse(text, actions);
        if (result is PolicyResult.Loaded { Policy.Mode: ResponseMode.Enforce } && deployers.IsEmpty)
            result = PolicyFile.Parse(text, actions, ResponseMode.Enforce);
        switch (result)
        {
            case PolicyResult.Loaded loaded:
                return loaded.Policy;
            case PolicyResult.Refused refused:
                problems.AddRange(refused.Errors.Select(error => $"{(isInline ? "RESPONSEKIT_POLICY" : path)}, {error}"));
                break;
        }

        return new ResponsePolicy();
    }

    private static Baseline BaselineIn(string? value, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(value))
            return Baseline.Empty;
        var path = Path.Combine(AppContext.BaseDirectory, value);
        if (!File.Exists(path))
            problems.Add($"RESPONSEKIT_BASELINE names the file '{path}', which does not exist. Accepted: a file that 'responsekit replay --learn' wrote.");
        else if (BaselineFile.Read(File.ReadAllText(path), out var problem) is { } baseline)
            return baseline;
        else
            problems.Add($"RESPONSEKIT_BASELINE: {path}: {problem}. Accepted: a file that 'responsekit replay --learn' wrote.");
        return Baseline.Empty;
    }

    private static ResponseCarrier ResponseIn(string? value, List<string> problems)
    {
        switch (value)
        {
            case null or "" or "none":
                return ResponseCarrier.None;
            case "in-process":
                return ResponseCarrier.InProcess;
            case "state-machine":
                return ResponseCarrier.StateMachine;
            default:
                problems.Add($"RESPONSEKIT_RESPONSE is '{value}'. Accepted: none, in-process, state-machine.");
                return ResponseCarrier.None;
        }
    }

    private static string StateMachineIn(string? value, List<string> problems)
    {
        const string accepted = "with RESPONSEKIT_RESPONSE=state-machine the state machine's ARN, such as arn:aws:states:us-east-1:111122223333:stateMachine:responsekit";
        if (value?.Split(':') is ["arn", _, "states", _, _, "stateMachine", { Length: > 0 }])
            return value;
        problems.Add($"RESPONSEKIT_STATE_MACHINE is {(string.IsNullOrEmpty(value) ? "not set" : $"'{value}'")}. Accepted: {accepted}.");
        return "";
    }

    private static string SealKeyIn(string? value, List<string> problems)
    {
        if (value?.Split(':') is ["arn", _, "kms", { Length: > 0 }, { Length: 12 }, { Length: > 4 } key] && key.StartsWith("key/", StringComparison.Ordinal))
            return value;
        problems.Add(
            $"{FunctionVariables.SealKey} is {(string.IsNullOrEmpty(value) ? "not set" : $"'{value}'")}. Accepted: the ARN of an HMAC_256 key, "
            + "such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab.");
        return "";
    }

    private static string TopicIn(string name, Func<string, string?> variable, List<string> problems)
    {
        var value = variable(name);
        if (string.IsNullOrEmpty(value) || value.Split(':') is ["arn", _, "sns", { Length: > 0 }, _, { Length: > 0 }])
            return value ?? "";
        problems.Add($"{name} is '{value}'. Accepted: an SNS topic's ARN, such as arn:aws:sns:us-east-1:111122223333:responsekit.");
        return "";
    }

    private static TimeSpan PauseIn(string? value, List<string> problems)
    {
        if (value is null)
            return TimeSpan.FromSeconds(10);
        if (double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and <= 300)
            return TimeSpan.FromSeconds(seconds);
        problems.Add($"RESPONSEKIT_PAUSE_SECONDS is '{value}'. Accepted: a number from 0 to 300.");
        return TimeSpan.Zero;
    }
}
