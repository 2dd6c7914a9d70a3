#nullable disable
using System.Text;
using ResponseKit.StandIns;

namespace Amazon.Lambda.Model;

public partial class InvokeRequest
{
    /// <summary>The payload as text; the same bytes as <see cref="PayloadStream"/>.</summary>
    [NotOnWire]
    public string Payload
    {
        get => PayloadStream is null ? null : Encoding.UTF8.GetString(PayloadStream.ToArray());
        set => PayloadStream = value is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The client context as JSON text; the same as <see cref="ClientContextBase64"/>, decoded.</summary>
    [NotOnWire]
    public string ClientContext
    {
        get => ClientContextBase64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(ClientContextBase64));
        set => ClientContextBase64 = value is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
    }
}
