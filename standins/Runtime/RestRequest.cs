using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace ResponseKit.StandIns;

/// <summary>Writes a request of the REST JSON protocol. <paramref name="http"/> is "METHOD /path/{Label}".</summary>
internal sealed class RestRequest(ServiceDefinition service, string operation, string http)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var space = http.IndexOf(' ', StringComparison.Ordinal);
        var request = new DefaultRequest(input, service.Id)
        {
            HttpMethod = http[..space],
            ResourcePath = http[(space + 1)..],
        };
        request.Headers[HeaderKeys.XAmzApiVersion] = service.Version;
        var shape = Shape.Of(input.GetType(), service);
        foreach (var member in shape.Members)
        {
            Place(request, member, member.ToSend(input));
        }

        Body(request, shape, input);
        return request;
    }

    private void Place(IRequest request, Member member, object? value)
    {
        switch (member.Wire.In)
        {
            case StandIns.Place.Uri when value is null or "":
                throw service.NewError(
                    $"{operation} needs {member.Property}; nothing was sent", null, ErrorType.Sender, "MissingParameter", "", HttpStatusCode.BadRequest);
            case StandIns.Place.Uri:
                request.AddPathResource($"{{{member.Name}}}", ValueKind.Text(value));
                break;
            case StandIns.Place.Query when value is not null:
                request.Parameters.Add(member.Name, ValueKind.Text(value));
                break;
            case StandIns.Place.Header when value is not null:
                request.Headers[member.Name] = ValueKind.Text(value);
                break;
        }
    }

    private void Body(DefaultRequest request, Shape shape, AmazonWebServiceRequest input)
    {
        if (shape.At(StandIns.Place.Payload) is { } payload)
        {
            request.Headers[HeaderKeys.ContentTypeHeader] = "application/octet-stream";
            request.Content = payload.ToSend(input) is MemoryStream stream ? stream.ToArray() : [];
        }
        else if (shape.Members.Any(m => m.Wire.In == StandIns.Place.Body))
        {
            request.Headers[HeaderKeys.ContentTypeHeader] = "application/json";
            request.Content = new JsonBody(service).Write(input);
        }

        request.UseQueryString = true;
    }
}
