using System.Globalization;
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace ResponseKit.StandIns;

/// <summary>Reads a response of the JSON 1.1 and REST JSON protocols, and their errors.</summary>
internal sealed class JsonResponse<TResponse>(ServiceDefinition service, ErrorFactory errors) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly JsonReader reader = new(service);

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var response = new TResponse();
        var shape = Shape.Of(typeof(TResponse), service);
        foreach (var member in shape.Members)
        {
            if (member.Wire.In == Place.Header && input.ResponseData.GetHeaderValue(member.Name) is { Length: > 0 } header)
            {
                member.Set(response, member.Kind.Parse(header));
            }
        }

        shape.At(Place.Status)?.Set(response, (int)input.ResponseData.StatusCode);
        var body = Read(input.Stream);
        if (shape.At(Place.Payload) is { } payload)
        {
            payload.Set(response, new MemoryStream(body));
        }
        else if (body.Length > 0)
        {
            using var json = JsonDocument.Parse(body);
            reader.Fill(json.RootElement, response);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var code = input.ResponseData.GetHeaderValue("x-amzn-ErrorType") ?? "";
        var message = "";
        JsonDocument? body = null;
        try
        {
            body = JsonDocument.Parse(Read(input.Stream));
            code = code.Length > 0 ? code : JsonReader.Text(body.RootElement, "__type", "code", "Code");
            message = JsonReader.Text(body.RootElement, "message", "Message");
        }
        catch (JsonException)
        {
            message = string.Create(
                CultureInfo.InvariantCulture, $"The service answered {(int)statusCode} with a body that is not JSON");
        }

        using (body)
        {
            var requestId = input.ResponseData.GetHeaderValue("x-amzn-RequestId") ?? "";
            var error = errors.Create(message, innerException, ErrorType.Unknown, Bare(code), requestId, statusCode);
            if (body?.RootElement.ValueKind == JsonValueKind.Object)
            {
                reader.Fill(body.RootElement, error);
            }

            return error;
        }
    }

    // Codes come as Code, as namespace#Code, and as Code:http://address.
    private static string Bare(string code) => code[(code.LastIndexOf('#') + 1)..].Split(':')[0];

    private static byte[] Read(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
