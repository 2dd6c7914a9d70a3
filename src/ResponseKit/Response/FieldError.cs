namespace ResponseKit.Response;

/// <summary>What is wrong with one field of a request, in words for the person who wrote it. Safe to show.</summary>
/// <param name="Field">The field, such as <c>target[2]</c>; "(payload)" for the whole.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Accepts">What may stand there.</param>
public sealed record FieldError(string Field, string Problem, string Accepts);
