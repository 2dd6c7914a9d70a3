namespace ResponseKit.Response;

/// <summary>What a person asks to be done about what a response has done.</summary>
public enum UndoMode
{
    /// <summary>Says what would be given back, and changes nothing.</summary>
    Plan,

    /// <summary>Gives it back.</summary>
    Apply,

    /// <summary>Calls the incident a false alarm: its evidence counts no more. Nothing is given back by that.</summary>
    Dismiss,
}
