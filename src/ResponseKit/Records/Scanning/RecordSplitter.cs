using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ResponseKit.Text;

namespace ResponseKit.Records.Scanning;

/// <summary>
/// Finds the records in JSON text that comes in pieces, without parsing it: it looks only at quotation marks, backslashes, braces and
/// brackets, 64 bytes at a time. Records are the objects of an array <c>Records</c>, of a bare array, and those that stand by
/// themselves, one after another; an object with a member <c>Records</c> that is an array is a log file and never a record.
/// What is no JSON may be taken for a record, but no record of well-formed text is missed or cut.
/// </summary>
internal sealed class RecordSplitter(IRecordReceiver receiver) : IDisposable
{
    private readonly ElementText text = new(JsonInput.MaxBytes);
    private StringState strings;

    // How many braces and brackets are open, and at which depth records stand.
    private int depth;
    private int level;
    // The depth at which the log file stands in whose array Records we are, or were; negative outside of any.
    private int log = -1;
    // Whether the object in which we are is a log file whose array ended.
    private bool isLog;
    private bool inElement;
    private bool mayHaveEscapes;
    // Where in the bytes at hand the text between two values of the top level begins.
    private int gap;

    /// <summary>How many bytes came before those at hand.</summary>
    public long Offset { get; private set; }

    /// <summary>How many records were found, those that are too large included.</summary>
    public long Found { get; private set; }

    /// <summary>How many of them have more than <see cref="JsonInput.MaxBytes"/>, and were not handed over.</summary>
    public long TooLarge { get; private set; }

    /// <summary>The index of the first of them.</summary>
    public long FirstTooLarge { get; private set; }

    /// <summary>Where the text stops being JSON; nothing is read from there on.</summary>
    public SplitProblem? Problem { get; private set; }

    /// <summary>Whether an array <c>Records</c> or a bare array was found, however many records were in it.</summary>
    public bool HasArray { get; private set; }

    /// <summary>Hands over the records that end in the next piece of the text.</summary>
    public void Read(ReadOnlySpan<byte> bytes) => Read<VectorBlocks>(bytes);

    // Optimized from the first call on: a measuring first version would still be running when most of the text is read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Read<TBlocks>(ReadOnlySpan<byte> bytes)
        where TBlocks : struct, IBlockReader
    {
        gap = 0;
        ref var first = ref MemoryMarshal.GetReference(bytes);
        Span<byte> last = stackalloc byte[BlockMasks.Length];
        // What every block needs is kept in registers; the fields are told before a step and asked after it.
        var (inStrings, now, floor, backslashes) = (strings, depth, Floor, 0UL);
        for (var at = 0; at < bytes.Length && Problem is null; at += BlockMasks.Length)
        {
            scoped ref var block = ref Unsafe.Add(ref first, at);
            var length = bytes.Length - at;
            if (length < BlockMasks.Length)
                block = ref Padded(bytes[at..], last);
            var masks = BlockMasks.Of<TBlocks>(in block);
            var outside = ~inStrings.Next(masks, Math.Min(length, BlockMasks.Length));
            var opens = masks.Opens & outside;
            var closes = masks.Closes & outside;
            backslashes |= masks.Backslashes;
            var closing = BitOperations.PopCount(closes);
            if (closing < now - floor)
            {
                now += BitOperations.PopCount(opens) - closing;
            }
            else if ((opens | closes) != 0)
            {
                (depth, mayHaveEscapes) = (now, mayHaveEscapes | (backslashes != 0));
                Step(bytes, at, opens, closes, masks.Backslashes != 0);
                (now, floor, backslashes) = (depth, Floor, 0);
            }
        }

        (strings, depth, mayHaveEscapes) = (inStrings, now, mayHaveEscapes | (backslashes != 0));
        if (depth == 0)
            CheckGap(bytes, bytes.Length);
        if (inElement)
            text.Keep(bytes);
        Offset += bytes.Length;
    }

    /// <summary>Says that the text has ended; a value that was begun and not ended is a problem.</summary>
    public void End()
    {
        if (Problem is null && (depth > 0 || strings.IsOpen))
            Problem = new(Offset, Found, "the text is cut off");
    }

    public void Dispose() => text.Dispose();

    // Nothing happens while so many stay open: a record does not end, and in an object that may be a log file no array begins.
    private int Floor => inElement ? level + (log < 0 ? 1 : 0) : int.MaxValue / 2;

    private static ref byte Padded(ReadOnlySpan<byte> bytes, Span<byte> block)
    {
        block.Clear();
        bytes.CopyTo(block);
        return ref MemoryMarshal.GetReference(block);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Step(ReadOnlySpan<byte> bytes, int at, ulong opens, ulong closes, bool hasEscapes)
    {
        var floor = Floor;
        for (var brackets = opens | closes; brackets != 0 && Problem is null; brackets &= brackets - 1)
        {
            var isOpen = (opens & brackets & (~brackets + 1)) != 0;
            if (depth > floor + 1)
            {
                depth += isOpen ? 1 : -1;
                continue;
            }

            var position = at + BitOperations.TrailingZeroCount(brackets);
            if (isOpen)
                Open(bytes, position, hasEscapes);
            else
                Close(bytes, position);
            floor = Floor;
        }
    }

    private void Open(ReadOnlySpan<byte> bytes, int position, bool hasEscapes)
    {
        var isArray = bytes[position] == '[';
        if (depth == 0)
            CheckGap(bytes, position);
        if (depth == level && !inElement)
        {
            if (depth == 0 && isArray)
            {
                level = 1;
                HasArray = true;
            }
            else
            {
                inElement = true;
                mayHaveEscapes = hasEscapes;
                text.BeginAt(position);
            }
        }
        else if (isArray && log < 0 && inElement && depth == level + 1 && LogMember.IsNameOf(text.Until(bytes, position)))
        {
            log = level;
            level = depth + 1;
            inElement = false;
            HasArray = true;
        }

        depth++;
    }

    private void Close(ReadOnlySpan<byte> bytes, int position)
    {
        depth--;
        if (depth < 0)
        {
            CheckGap(bytes, position + 1);
        }
        else if (depth < level)
        {
            LeaveArray(position);
        }
        else if (depth == level && inElement)
        {
            inElement = false;
            Finish(bytes, position + 1);
        }

        if (depth == 0)
            gap = position + 1;
    }

    // The members of a log file behind its records are looked at as those before them: there may be a second array Records.
    private void LeaveArray(int position)
    {
        level = Math.Max(log, 0);
        inElement = log >= 0;
        isLog = log >= 0;
        log = -1;
        text.BeginAt(position + 1);
    }

    private void Finish(ReadOnlySpan<byte> bytes, int end)
    {
        if (isLog && log < 0)
        {
            isLog = false;
            return;
        }

        var json = text.Until(bytes, end);
        if (!text.IsTooLong && json[0] != '{')
            return;
        var index = Found++;
        if (text.IsTooLong)
            FirstTooLarge = TooLarge++ == 0 ? index : FirstTooLarge;
        else
            receiver.Receive(new() { Json = json, Index = index, MayHaveEscapes = mayHaveEscapes, IsInLog = log >= 0 });
    }

    // Between values only white space and commas may stand, and a byte order mark before the first.
    private void CheckGap(ReadOnlySpan<byte> bytes, int end)
    {
        for (var at = gap; at < end && Problem is null; at++)
        {
            var isMark = Offset + at < 3 && bytes[at] == "\uFEFF"u8[(int)Offset + at];
            if (!isMark && bytes[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)','))
                Problem = new(Offset + at, Found, "no JSON object or array begins here");
        }
    }
}
