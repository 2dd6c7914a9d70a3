using ResponseKit.Actors;

namespace ResponseKit.Cli.Replay;

/// <summary>How reports name an actor: by its ARN as AWS writes it, with the IAM path where it is known; by its key where it has none.</summary>
internal static class ActorName
{
    public static string Of(Actor actor) => ActorResource.Of(actor)?.ToFullArn() ?? actor.Key;
}
