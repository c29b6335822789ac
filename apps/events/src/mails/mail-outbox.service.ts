import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MailKind } from '#contracts/events';
import type { Tx } from '#database';
import { Clock, newId } from '#platform';
import { countMails, insertMails } from './mail.rows';

/** To whom a mail is to go, and why. */
export interface Addressee {
  readonly kind: MailKind;
  readonly eventId: string;
  readonly registrationId: string;
  readonly participantId: string;
  /** The one spelling of the address. */
  readonly addressKey: string;
}

/** Whoever names an address can make us write to it: not more often than this, whoever they are. */
const MAILS_PER_ADDRESS_MAX = 5;
/** For how long mails to one address are counted. */
export const COUNTED_HOURS = 24;
const HOUR_MS = 3_600_000;

/** Where mails begin: the row commits with what it tells of, or not at all; it is sent after the commit, at least once. */
@Injectable()
export class MailOutbox {
  constructor(private readonly clock: Clock) {}

  /** Answers to which participants a mail goes; the others' addresses had too many of them in a day. */
  async append(tx: Tx, addressees: readonly Addressee[]): Promise<Set<string>> {
    if (addressees.length === 0) return new Set();
    const now = this.clock.now();
    const since = new Date(now.getTime() - COUNTED_HOURS * HOUR_MS);
    const mails = addressees.map(({ addressKey, ...mail }) => ({
      ...mail,
      id: newId(),
      addressDigest: createHash('sha256').update(addressKey).digest(),
    }));
    const counts = await countMails(
      tx,
      mails.map(({ addressDigest }) => addressDigest),
      since,
    );
    const written = mails.filter(({ addressDigest }) => {
      const digest = addressDigest.toString('hex');
      const count = (counts.get(digest) ?? 0) + 1;
      counts.set(digest, count);
      return count <= MAILS_PER_ADDRESS_MAX;
    });
    await insertMails(tx, written, now);
    return new Set(written.map(({ participantId }) => participantId));
  }
}
