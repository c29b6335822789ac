import { Injectable } from '@nestjs/common';

/** "There is something to publish": raised after a commit, heard by the relay of this process. */
@Injectable()
export class RelaySignal {
  private isRaised = false;
  private listener: (() => void) | undefined;

  raise(): void {
    this.isRaised = true;
    this.listener?.();
  }

  /** Calls the listener for each raise, and at once if one was missed. */
  listen(listener: () => void): void {
    this.listener = listener;
    if (this.isRaised) listener();
  }

  lower(): void {
    this.isRaised = false;
  }
}
