using System.Collections;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace ResponseKit.StandIns;

/// <summary>Writes a request of the query protocol: a form of dotted names.</summary>
internal sealed class QueryRequest(ServiceDefinition service, string operation) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, service.Id) { HttpMethod = "POST" };
        request.ParameterCollection.Add("Action", operation);
        request.ParameterCollection.Add("Version", service.Version);
        Structure(request.ParameterCollection, "", input);
        return request;
    }

    private void Structure(ParameterCollection form, string prefix, object owner)
    {
        foreach (var member in Shape.Of(owner.GetType(), service).Members)
        {
            if (member.ToSend(owner) is not { } value)
            {
                continue;
            }

            if (value is IDictionary map)
            {
                Map(form, prefix + member.Sent, member.Wire, map);
            }
            else if (value is IList list)
            {
                List(form, prefix + member.Sent, member.Wire, list);
            }
            else
            {
                Value(form, prefix + member.Sent, value);
            }
        }
    }

    private void List(ParameterCollection form, string name, WireAttribute wire, IList list)
    {
        if (list.Count == 0)
        {
            form.Add(name, ""); // clears what is there
        }

        var prefix = $"{name}.{wire.Item ?? "member"}";
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is { } item)
            {
                Value(form, $"{prefix}.{i + 1}", item);
            }
        }
    }

    // "Query protocol serialization" of Smithy: an entry each, numbered from 1.
    private void Map(ParameterCollection form, string name, WireAttribute wire, IDictionary map)
    {
        var number = 0;
        foreach (DictionaryEntry entry in map)
        {
            var prefix = $"{name}.entry.{++number}";
            form.Add($"{prefix}.{wire.Key}", (string)entry.Key);
            Value(form, $"{prefix}.{wire.Value}", entry.Value!);
        }
    }

    private void Value(ParameterCollection form, string name, object value)
    {
        if (value is string or ValueType or ConstantClass or MemoryStream)
        {
            form.Add(name, ValueKind.Text(value));
        }
        else
        {
            Structure(form, name + ".", value);
        }
    }
}
