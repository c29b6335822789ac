const CHECK_MS = 1_000;

/** Calls back when the program that started this one is gone, even when it was killed without a chance to say so. */
export function endWithParent(onGone: () => void): void {
  if (process.channel) {
    process.once('disconnect', onGone);
    process.channel.unref();
    return;
  }
  // Started by npm directly: an orphan gets another parent. Without npm, going on alone may be what is wanted (nohup).
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, CHECK_MS);
  timer.unref();
}
