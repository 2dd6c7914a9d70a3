using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace ResponseKit.StandIns;

/// <summary>Writes a request of the JSON 1.0 and 1.1 protocols.</summary>
internal sealed class JsonRequest(ServiceDefinition service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service.Id)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = new JsonBody(service).Write(input),
        };
        request.Headers["X-Amz-Target"] = $"{service.Target}.{operation}";
        request.Headers[HeaderKeys.ContentTypeHeader] = "application/x-amz-json-" + service.JsonVersion;
        request.Headers[HeaderKeys.XAmzApiVersion] = service.Version;
        return request;
    }
}
