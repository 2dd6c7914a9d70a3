using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Reads and writes with what a <see cref="JsonSerializerContext"/> generated, without reflection over the types.</summary>
public class SourceGeneratorLambdaJsonSerializer<TSGContext> : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly TSGContext context;

    public SourceGeneratorLambdaJsonSerializer()
        : this(null)
    {
    }

    /// <summary>Takes a chance to change the options after the defaults were set; what the context's own attributes say does not count.</summary>
    public SourceGeneratorLambdaJsonSerializer(Action<JsonSerializerOptions> customizer)
    {
        var options = new JsonSerializerOptions { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNameCaseInsensitive = true };
        customizer?.Invoke(options);
        context = (TSGContext)Activator.CreateInstance(typeof(TSGContext), options);
    }

    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return JsonSerializer.Deserialize(requestStream, TypeInfo<T>());
        }
        catch (Exception error)
        {
            throw new JsonSerializerException($"Error converting the Lambda event JSON payload to type {typeof(T).FullName}: {error.Message}", error);
        }
    }

    public void Serialize<T>(T response, Stream responseStream)
    {
        try
        {
            using var writer = new Utf8JsonWriter(responseStream, Relaxed);
            JsonSerializer.Serialize(writer, response, TypeInfo<T>());
        }
        catch (Exception error)
        {
            throw new JsonSerializerException(
                $"Error converting the response object of type {typeof(T).FullName} from the Lambda function to JSON: {error.Message}", error);
        }
    }

    private JsonTypeInfo<T> TypeInfo<T>() =>
        context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
        ?? throw new JsonSerializerException($"No JsonTypeInfo registered in {typeof(TSGContext).FullName} for type {typeof(T).FullName}.");
}
