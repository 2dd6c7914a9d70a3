using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace ResponseKit.StandIns;

internal enum Protocol
{
    Query,
    Json,
    RestJson,
}

/// <summary>How a property's name becomes its name in a response (and in a JSON request) where no attribute gives one.</summary>
internal enum Naming
{
    AsIs,
    Camel,
}

/// <summary>Makes a service's own exception.</summary>
internal delegate AmazonServiceException NewError(
    string message, Exception? inner, ErrorType type, string code, string requestId, HttpStatusCode status);

/// <summary>All that the runtime must know of one service.</summary>
internal sealed class ServiceDefinition
{
    /// <summary>The service id, which also names its setting AWS_ENDPOINT_URL_&lt;ID&gt;.</summary>
    public required string Id { get; init; }

    /// <summary>First label of its host names, and its name in signatures.</summary>
    public required string Prefix { get; init; }

    public required string Version { get; init; }

    public required Protocol Protocol { get; init; }

    public Naming Naming { get; init; }

    /// <summary>JSON only: what stands before the operation's name in X-Amz-Target.</summary>
    public string? Target { get; init; }

    /// <summary>JSON only: the protocol's version.</summary>
    public string JsonVersion { get; init; } = "1.1";

    /// <summary>For a service with one endpoint in each partition: partition to host and signing region.</summary>
    public IReadOnlyDictionary<string, (string Host, string SigningRegion)> Global { get; init; } =
        new Dictionary<string, (string Host, string SigningRegion)>();

    /// <summary>The service's base exception, for a code that the operation's model does not list.</summary>
    public required NewError NewError { get; init; }

    public string NameOf(string property) =>
        Naming == Naming.AsIs ? property : char.ToLowerInvariant(property[0]) + property[1..];

    /// <summary>
    /// How to send one operation and read its answer. <paramref name="http"/> is "METHOD /path/{Label}" for REST;
    /// <paramref name="errors"/> are the exception types that its model lists.
    /// </summary>
    public InvokeOptions Call<TResponse>(string operation, string? http = null, Type[]? errors = null)
        where TResponse : AmazonWebServiceResponse, new()
    {
        var reader = new ErrorFactory(this, errors ?? []);
        return Protocol switch
        {
            Protocol.Query => new InvokeOptions
            {
                RequestMarshaller = new QueryRequest(this, operation),
                ResponseUnmarshaller = new XmlResponse<TResponse>(this, operation, reader),
            },
            Protocol.Json => new InvokeOptions
            {
                RequestMarshaller = new JsonRequest(this, operation),
                ResponseUnmarshaller = new JsonResponse<TResponse>(this, reader),
            },
            _ => new InvokeOptions
            {
                RequestMarshaller = new RestRequest(this, operation, http ?? throw new ArgumentNullException(nameof(http))),
                ResponseUnmarshaller = new JsonResponse<TResponse>(this, reader),
            },
        };
    }
}
