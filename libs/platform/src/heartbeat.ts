const BEAT_MS = 1_000;

/**
 * Tells the program that started this process, once a second, that the event loop turns. A process that hangs or is stopped says
 * nothing more, and the supervisor of `npm start` ends it. Where no such program holds the channel (containers), it does nothing.
 */
export function beatHeart(): void {
  const beat = (): void => {
    // A supervisor that is gone ends this process by the closed channel; a beat that no longer reaches it is no fault.
    if (process.connected) process.send?.({ isAlive: true }, undefined, {}, () => undefined);
  };
  if (!process.channel) return;
  beat();
  setInterval(beat, BEAT_MS).unref();
}
