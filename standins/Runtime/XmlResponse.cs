using System.Globalization;
using System.Net;
using System.Xml;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace ResponseKit.StandIns;

/// <summary>Reads a response of the query protocol, and its errors.</summary>
internal sealed class XmlResponse<TResponse>(ServiceDefinition service, string operation, ErrorFactory errors) : XmlResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    private readonly XmlBody body = new(service);

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var response = new TResponse { ResponseMetadata = new ResponseMetadata() };
        using var xml = XmlBody.Open(input.Stream);
        xml.MoveToContent();
        foreach (var name in XmlBody.Children(xml))
        {
            if (name == "ResponseMetadata")
            {
                Metadata(xml, response.ResponseMetadata);
            }
            else if (name == operation + "Result")
            {
                body.Structure(xml, response);
            }
            else
            {
                xml.Skip();
            }
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        string code = "", message = "", requestId = "", fault = "";
        try
        {
            using var xml = XmlBody.Open(input.Stream);
            while (!xml.EOF)
            {
                switch (xml.NodeType == XmlNodeType.Element ? xml.LocalName : "")
                {
                    case "Code": code = xml.ReadElementContentAsString(); break;
                    case "Message": message = xml.ReadElementContentAsString(); break;
                    case "Type": fault = xml.ReadElementContentAsString(); break;
                    case "RequestId" or "RequestID": requestId = xml.ReadElementContentAsString(); break;
                    default: xml.Read(); break;
                }
            }
        }
        catch (XmlException)
        {
            message = string.Create(
                CultureInfo.InvariantCulture, $"The service answered {(int)statusCode} with a body that is not XML");
        }

        var type = Enum.TryParse<ErrorType>(fault, ignoreCase: true, out var parsed) ? parsed : ErrorType.Unknown;
        return errors.Create(message, innerException, type, code, requestId, statusCode);
    }

    private static void Metadata(XmlReader xml, ResponseMetadata metadata)
    {
        foreach (var name in XmlBody.Children(xml))
        {
            if (name == "RequestId")
            {
                metadata.RequestId = xml.ReadElementContentAsString();
            }
            else
            {
                xml.Skip();
            }
        }
    }
}
