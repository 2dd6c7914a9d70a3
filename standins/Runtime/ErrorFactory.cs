using System.Net;
using System.Reflection;
using Amazon.Runtime;

namespace ResponseKit.StandIns;

/// <summary>The error code of a modelled exception, where it is not the class's name.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ErrorCodeAttribute(string code) : Attribute
{
    public string Code { get; } = code;
}

/// <summary>Turns an error code into the exception that the operation's model lists for it, else into the service's base exception.</summary>
internal sealed class ErrorFactory(ServiceDefinition service, Type[] modelled)
{
    public AmazonServiceException Create(
        string message, Exception? inner, ErrorType type, string code, string requestId, HttpStatusCode status)
    {
        foreach (var candidate in modelled)
        {
            if ((candidate.GetCustomAttribute<ErrorCodeAttribute>()?.Code ?? candidate.Name) == code)
            {
                return (AmazonServiceException)Activator.CreateInstance(candidate, message, inner, type, code, requestId, status)!;
            }
        }

        return service.NewError(message, inner, type, code, requestId, status);
    }
}
