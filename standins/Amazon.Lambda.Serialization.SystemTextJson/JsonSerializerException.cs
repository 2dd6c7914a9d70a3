namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>A function's input could not be read, or its output not be written.</summary>
public class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
