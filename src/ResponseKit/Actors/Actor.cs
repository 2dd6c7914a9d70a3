using System.Text.Json.Serialization;
using ResponseKit.Resources;

namespace ResponseKit.Actors;

/// <summary>
/// The principal to contain. Never an address, an access key id or an STS session ARN: keys and sessions come and go,
/// the principal behind them stays. One of <see cref="User"/>, <see cref="Role"/>, <see cref="Root"/>,
/// <see cref="IdentityCenterUser"/>, <see cref="External"/>, <see cref="Service"/>, <see cref="Unknown"/>.
/// How each is read from <c>userIdentity</c>: CloudTrail User Guide, "CloudTrail userIdentity element".
/// </summary>
/// <param name="Account">The account that the principal belongs to; empty where it was not recorded.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(User), "user")]
[JsonDerivedType(typeof(Role), "role")]
[JsonDerivedType(typeof(Root), "root")]
[JsonDerivedType(typeof(IdentityCenterUser), "identity-center-user")]
[JsonDerivedType(typeof(External), "external")]
[JsonDerivedType(typeof(Service), "service")]
[JsonDerivedType(typeof(Unknown), "unknown")]
public abstract record Actor(string Account)
{
    /// <summary>The text by which the actor is known everywhere: its ARN where it has one. Two records are of one actor when their keys are equal.</summary>
    [JsonIgnore]
    public abstract string Key { get; }

    /// <summary>An IAM user, also behind sessions from GetSessionToken and GetFederationToken.</summary>
    /// <param name="Account">The user's account.</param>
    /// <param name="Name">The user's name, without path.</param>
    /// <param name="Partition">aws, aws-cn or aws-us-gov.</param>
    public sealed record User(string Account, string Name, string Partition = "aws") : Actor(Account)
    {
        // Asked for very often. Not copied: a copy may be given another name.
        private string? key;

        private User(User other)
            : base(other) => (Name, Partition, Path) = (other.Name, other.Partition, other.Path);

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => key ??= $"arn:{Partition}:iam::{Account}:user/{Name}";

        /// <summary>The user's path; null when it is not known. Names are unique whatever the path, so it is no part of equality.</summary>
        public string? Path { get; init; }

        /// <inheritdoc/>
        public bool Equals(User? other) => other is not null && Key == other.Key;

        /// <inheritdoc/>
        public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>An IAM role, behind any of its sessions.</summary>
    /// <param name="Account">The role's account.</param>
    /// <param name="Name">The role's name, without path.</param>
    /// <param name="Path">The role's path; null when it is not known (an STS ARN does not carry it).</param>
    /// <param name="Partition">aws, aws-cn or aws-us-gov.</param>
    public sealed record Role(string Account, string Name, string? Path = null, string Partition = "aws") : Actor(Account)
    {
        private string? key;

        private Role(Role other)
            : base(other) => (Name, Path, Partition) = (other.Name, other.Path, other.Partition);

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => key ??= $"arn:{Partition}:iam::{Account}:role/{Name}";

        /// <summary>
        /// Whether AWS owns the role on behalf of a service. Such a role cannot be contained, and must not be. Its path says so, which AWS keeps to itself;
        /// anybody may give the name.
        /// </summary>
        [JsonIgnore]
        public bool IsServiceLinked => RolePath.IsServiceLinked(Path);

        /// <summary>Whether the role belongs to an IAM Identity Center permission set, shared by everyone assigned to it. Its path says so, too.</summary>
        [JsonIgnore]
        public bool IsPermissionSet => RolePath.IsPermissionSet(Path);

        /// <summary>Role names are unique in an account whatever their path, so the path is no part of equality.</summary>
        public bool Equals(Role? other) => other is not null && Key == other.Key;

        /// <inheritdoc/>
        public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>The account's root user. No IAM policy binds it.</summary>
    /// <param name="Account">The account.</param>
    /// <param name="Partition">aws, aws-cn or aws-us-gov.</param>
    public sealed record Root(string Account, string Partition = "aws") : Actor(Account)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => $"arn:{Partition}:iam::{Account}:root";
    }

    /// <summary>A person of IAM Identity Center.</summary>
    /// <param name="Account">The account that was entered.</param>
    /// <param name="UserId">The identity store's id of the person.</param>
    /// <param name="IdentityStore">The identity store's ARN, where recorded.</param>
    public sealed record IdentityCenterUser(string Account, string UserId, string? IdentityStore) : Actor(Account)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => $"identity-center:{UserId}";
    }

    /// <summary>A principal of an account that is not ours to change.</summary>
    /// <param name="Account">The foreign account.</param>
    /// <param name="PrincipalId">Its unique id, where recorded.</param>
    public sealed record External(string Account, string PrincipalId) : Actor(Account)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => $"external:{Account}:{PrincipalId}";
    }

    /// <summary>An AWS service acting by itself. There is nothing to contain.</summary>
    /// <param name="Account">The account in which it acted.</param>
    /// <param name="Name">The service, such as <c>autoscaling.amazonaws.com</c>.</param>
    public sealed record Service(string Account, string Name) : Actor(Account)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => $"service:{Name}";
    }

    /// <summary>An identity that could not be read; a person must look.</summary>
    /// <param name="Account">The account, where recorded.</param>
    /// <param name="Reason">What was wrong with it.</param>
    public sealed record Unknown(string Account, string Reason) : Actor(Account)
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override string Key => $"unknown:{Account}";
    }

    /// <inheritdoc/>
    public sealed override string ToString() => Key;
}
