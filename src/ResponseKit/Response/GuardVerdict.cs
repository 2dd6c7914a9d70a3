using System.Text.Json.Serialization;

namespace ResponseKit.Response;

/// <summary>Whether a request may be carried out. One of <see cref="Free"/>, <see cref="Held"/>, <see cref="NeedsApproval"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "guard")]
[JsonDerivedType(typeof(Free), "free")]
[JsonDerivedType(typeof(Held), "held")]
[JsonDerivedType(typeof(NeedsApproval), "needs-approval")]
public abstract record GuardVerdict
{
    private GuardVerdict()
    {
    }

    /// <summary>Nothing is against it.</summary>
    public sealed record Free : GuardVerdict;

    /// <summary>It must not be done.</summary>
    /// <param name="Reason">Why, and what to do instead.</param>
    public sealed record Held(string Reason) : GuardVerdict;

    /// <summary>It may be done once a person says so.</summary>
    /// <param name="Reason">Why a person is asked.</param>
    public sealed record NeedsApproval(string Reason) : GuardVerdict;
}
