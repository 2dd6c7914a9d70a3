namespace ResponseKit.Emulator;

/// <summary>What the emulator says of itself.</summary>
/// <param name="Ready">Whether it serves.</param>
/// <param name="Version">Its version.</param>
/// <param name="Moto">The version of moto in it.</param>
/// <param name="Pid">Its process id.</param>
/// <param name="Next">The journal's present end.</param>
public sealed record EmulatorHealth(bool Ready, string Version, string Moto, int Pid, long Next);
