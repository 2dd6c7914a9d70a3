namespace ResponseKit.Tests.Records;

/// <summary>userIdentity elements as CloudTrail writes them.</summary>
internal static class Identities
{
    private const string Account = Sample.Account;

    public static string User(string name = "ci-bot", string key = "AKIAEXAMPLEEXAMPLE00", string path = "/", string account = Account) =>
        $$"""{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::{{account}}:user{{path}}{{name}}","accountId":"{{account}}","accessKeyId":"{{key}}","userName":"{{name}}"}""";

    public static string Role(string name = "deploy", string path = "/", string key = "ASIAEXAMPLEEXAMPLE00", string session = "job", string account = Account) => $$"""
        {"type":"AssumedRole","principalId":"AROAEXAMPLE:{{session}}","arn":"arn:aws:sts::{{account}}:assumed-role/{{name}}/{{session}}","accountId":"{{account}}",
        "accessKeyId":"{{key}}","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::{{account}}:role{{path}}{{name}}",
        "accountId":"{{account}}","userName":"{{name}}"},"webIdFederationData":{},"attributes":{"creationDate":"2025-11-02T09:30:00Z","mfaAuthenticated":"false"} } }
        """;

    public static string Federated(string issuerType, string issuerArn) => $$"""
        {"type":"FederatedUser","principalId":"{{Account}}:x","arn":"arn:aws:sts::{{Account}}:federated-user/x","accountId":"{{Account}}","accessKeyId":"ASIAEXAMPLEEXAMPLE00",
        "sessionContext":{"sessionIssuer":{"type":"{{issuerType}}","arn":"{{issuerArn}}","accountId":"{{Account}}"} } }
        """;
}
