namespace ResponseKit.Detections;

/// <summary>
/// A MITRE ATT&amp;CK technique. Ids move between versions (T1562.008 became T1685.002 in v19), so the version belongs to the id.
/// </summary>
/// <param name="Id">Such as <c>T1578.002</c>.</param>
/// <param name="Name">The technique's name in that version.</param>
/// <param name="Version">The ATT&amp;CK version the id is from.</param>
public sealed record AttackTechnique(string Id, string Name, string Version = "v19");
