import type { NatsPasswords } from './embedded';

export interface TestPostgres {
  /** Connects as the superuser. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export interface TestNats {
  readonly url: string;
  readonly passwords: NatsPasswords;
  stop(): Promise<void>;
}
