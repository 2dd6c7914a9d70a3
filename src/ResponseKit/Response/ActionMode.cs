namespace ResponseKit.Response;

/// <summary>What an action is asked to do; each mode may do more than the one before.</summary>
public enum ActionMode
{
    /// <summary>Read, and list the exact calls that applying would make. Changes nothing.</summary>
    Plan,

    /// <summary>Read, and say whether what was applied still holds. Changes nothing.</summary>
    Verify,

    /// <summary>Do it.</summary>
    Apply,

    /// <summary>Put back what applying changed, from its receipt.</summary>
    Revert,
}
