using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>What came of reading a request. One of <see cref="Valid"/>, <see cref="Invalid"/>.</summary>
public abstract record ActionRequestResult
{
    private ActionRequestResult()
    {
    }

    /// <summary>The request may be carried out.</summary>
    /// <param name="Request">The request.</param>
    public sealed record Valid(ActionRequest Request) : ActionRequestResult;

    /// <summary>The request must be put right first. Nothing was touched.</summary>
    /// <param name="Errors">Every error there is, so that one correction is enough.</param>
    public sealed record Invalid(ImmutableArray<FieldError> Errors) : ActionRequestResult;
}
