namespace ResponseKit.Infra.Settings;

/// <summary>What a deployment covers.</summary>
public enum DeploymentScope
{
    /// <summary>One account: everything is in it.</summary>
    Account,

    /// <summary>All accounts of an organization, from a security account.</summary>
    Organization,
}
