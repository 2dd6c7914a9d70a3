namespace ResponseKit.Detections;

/// <summary>
/// The ATT&amp;CK techniques that detections name, with the ids and names of version 19 (Enterprise matrix, attack.mitre.org).
/// </summary>
internal static class Techniques
{
    public static readonly AttackTechnique CloudInfrastructureDiscovery = new("T1580", "Cloud Infrastructure Discovery");
    public static readonly AttackTechnique CloudServiceDiscovery = new("T1526", "Cloud Service Discovery");
    public static readonly AttackTechnique CloudAccounts = new("T1078.004", "Valid Accounts: Cloud Accounts");
    public static readonly AttackTechnique CloudAccountDiscovery = new("T1087.004", "Account Discovery: Cloud Account");
    public static readonly AttackTechnique CloudGroupDiscovery = new("T1069.003", "Permission Groups Discovery: Cloud Groups");
    public static readonly AttackTechnique BruteForce = new("T1110", "Brute Force");
    public static readonly AttackTechnique CredentialsInFiles = new("T1552.001", "Unsecured Credentials: Credentials In Files");
    public static readonly AttackTechnique CloudServices = new("T1021.007", "Remote Services: Cloud Services");
    public static readonly AttackTechnique CreateCloudAccount = new("T1136.003", "Create Account: Cloud Account");
    public static readonly AttackTechnique AdditionalCloudCredentials = new("T1098.001", "Account Manipulation: Additional Cloud Credentials");
    public static readonly AttackTechnique AdditionalCloudRoles = new("T1098.003", "Account Manipulation: Additional Cloud Roles");
    public static readonly AttackTechnique DeviceRegistration = new("T1098.005", "Account Manipulation: Device Registration");
    public static readonly AttackTechnique MultiFactorAuthentication = new("T1556.006", "Modify Authentication Process: Multi-Factor Authentication");
    public static readonly AttackTechnique TrustModification = new("T1484.002", "Domain or Tenant Policy Modification: Trust Modification");
    public static readonly AttackTechnique ApplicationAccessToken = new("T1550.001", "Use Alternate Authentication Material: Application Access Token");
    public static readonly AttackTechnique CreateCloudInstance = new("T1578.002", "Modify Cloud Compute Infrastructure: Create Cloud Instance");
    public static readonly AttackTechnique ModifyComputeConfigurations =
        new("T1578.005", "Modify Cloud Compute Infrastructure: Modify Cloud Compute Configurations");
    public static readonly AttackTechnique ComputeHijacking = new("T1496.001", "Resource Hijacking: Compute Hijacking");
    public static readonly AttackTechnique CloudServiceHijacking = new("T1496.004", "Resource Hijacking: Cloud Service Hijacking");
    public static readonly AttackTechnique DeployContainer = new("T1610", "Deploy Container");
    public static readonly AttackTechnique ServerlessExecution = new("T1648", "Serverless Execution");
    public static readonly AttackTechnique EventTriggeredExecution = new("T1546", "Event Triggered Execution");
    public static readonly AttackTechnique ExternalRemoteServices = new("T1133", "External Remote Services");
    public static readonly AttackTechnique DisableTools = new("T1685", "Disable or Modify Tools");
    public static readonly AttackTechnique DisableCloudLog = new("T1685.002", "Disable or Modify Tools: Disable or Modify Cloud Log");
    public static readonly AttackTechnique DataDestruction = new("T1485", "Data Destruction");
    public static readonly AttackTechnique LifecycleDeletion = new("T1485.001", "Data Destruction: Lifecycle-Triggered Deletion");
    public static readonly AttackTechnique InhibitRecovery = new("T1490", "Inhibit System Recovery");
    public static readonly AttackTechnique EncryptedForImpact = new("T1486", "Data Encrypted for Impact");
    public static readonly AttackTechnique AccountAccessRemoval = new("T1531", "Account Access Removal");
    public static readonly AttackTechnique TransferToCloudAccount = new("T1537", "Transfer Data to Cloud Account");
    public static readonly AttackTechnique DataFromCloudStorage = new("T1530", "Data from Cloud Storage");
    public static readonly AttackTechnique CloudSecrets = new("T1555.006", "Credentials from Password Stores: Cloud Secrets Management Stores");
    public static readonly AttackTechnique CloudAdministrationCommand = new("T1651", "Cloud Administration Command");
    public static readonly AttackTechnique DirectVmConnections = new("T1021.008", "Remote Services: Direct Cloud VM Connections");
    public static readonly AttackTechnique AccountManipulation = new("T1098", "Account Manipulation");
    public static readonly AttackTechnique CloudFirewall = new("T1686.001", "Disable or Modify System Firewall: Cloud Firewall");
    public static readonly AttackTechnique UnusedRegions = new("T1535", "Unused/Unsupported Cloud Regions");
    public static readonly AttackTechnique ModifyResourceHierarchy = new("T1666", "Modify Cloud Resource Hierarchy");
}
