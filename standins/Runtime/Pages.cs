using System.Runtime.CompilerServices;
using Amazon.Runtime;

namespace ResponseKit.StandIns;

/// <summary>Pages through an operation by the token of each response; can be read once, and changes the request.</summary>
internal sealed class Pages<TRequest, TResponse>(
    TRequest request,
    Func<TRequest, CancellationToken, Task<TResponse>> call,
    Func<TRequest, string?> first,
    Action<TRequest, string?> move,
    Func<TResponse, string?> next) : IPaginator<TResponse>
{
    private int used;

    public IPaginatedEnumerable<TResponse> Responses => new PaginatedResponse<TResponse>(this);

    public IPaginatedEnumerable<TItem> Items<TItem>(Func<TResponse, IEnumerable<TItem>?> of) =>
        new PaginatedResultKeyResponse<TResponse, TItem>(this, page => of(page) ?? []);

    public async IAsyncEnumerable<TResponse> PaginateAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref used, 1) != 0)
        {
            throw new InvalidOperationException("A paginator can be read once; ask the client for another");
        }

        var token = first(request);
        do
        {
            move(request, token);
            var page = await call(request, cancellationToken).ConfigureAwait(false);
            yield return page;
            token = next(page);
        }
        while (!string.IsNullOrEmpty(token));
    }
}
