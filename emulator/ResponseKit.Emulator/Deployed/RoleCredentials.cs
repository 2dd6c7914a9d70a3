namespace ResponseKit.Emulator.Deployed;

/// <summary>Credentials of a session of a role.</summary>
/// <param name="AccessKeyId">The access key.</param>
/// <param name="SecretAccessKey">Its secret.</param>
/// <param name="SessionToken">The session's token.</param>
public sealed record RoleCredentials(string AccessKeyId, string SecretAccessKey, string SessionToken);
