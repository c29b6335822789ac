import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#database';
import { Recurring, ServiceStanding } from '#messaging';
import { Clock } from '#platform';
import {
  type DueMail,
  dropMail,
  forgetMails,
  type MailBacklog,
  readMailBacklog,
  recordFailure,
  recordSent,
  takeDueMails,
} from './mail.rows';
import { MailConfig } from './mail-config';
import { mailFailureOf } from './mail-failure';
import { MAIL_GAUGES, mailAttempts } from './mail-metrics';
import { COUNTED_HOURS } from './mail-outbox.service';
import { type Letter, mailTransportOf } from './mail-transport';

export type { DueMail };

const INTERVAL_MS = 2000;
const BATCH = 20;
const FORGET_BATCH = 500;
/** About three days: RFC 5321, 4.5.4.1, asks for four to five of a server, which a link that is valid for two weeks does not need. */
export const ATTEMPTS_MAX = 16;
const HOUR_MS = 3_600_000;

/** What a mail says; whoever has the person says it at the moment of sending. */
export abstract class Letters {
  /** Undefined when there is nobody to write to any more, or nothing to say. */
  abstract write(mail: DueMail): Promise<Letter | undefined>;
}

/**
 * Sends what the outbox holds, each mail at least once: an attempt is written down before it begins, so a process that dies in the middle
 * makes the mail come again under the same Message-ID. A server that is away, or says no for now, is asked again later; it is no part of
 * being ready. Neither log nor metric knows an address.
 */
@Injectable()
export class MailSender implements OnApplicationBootstrap {
  private readonly logger = new Logger(MailSender.name);
  private readonly transport;

  constructor(
    private readonly database: Database,
    private readonly letters: Letters,
    private readonly clock: Clock,
    private readonly standing: ServiceStanding,
    config: MailConfig,
  ) {
    this.transport = mailTransportOf(config);
  }

  onApplicationBootstrap(): void {
    if (this.transport) this.logger.log({ way: this.transport.way }, 'mails go this way');
    else this.logger.warn('neither MAIL_SMTP_HOST nor MAIL_FOLDER is set: mails wait');
    this.exposeBacklog();
    this.standing.addQueue(async () => ({
      name: 'mails',
      ...(await readMailBacklog(this.database, this.clock.now())),
    }));
  }

  @Recurring({ name: 'send mails', intervalMs: INTERVAL_MS })
  async sendDue(stopping?: AbortSignal): Promise<void> {
    const now = this.clock.now();
    await forgetMails(this.database, new Date(now.getTime() - COUNTED_HOURS * HOUR_MS), FORGET_BATCH);
    if (!this.transport) return;
    for (let sent = 0; sent < BATCH && !stopping?.aborted; sent += 1) {
      const [mail] = await takeDueMails(this.database, this.clock.now(), 1);
      if (!mail) return;
      await this.attempt(mail);
    }
  }

  private async attempt(mail: DueMail): Promise<void> {
    const letter = await this.letters.write(mail);
    if (!letter) {
      await dropMail(this.database, mail.id);
      mailAttempts.inc({ outcome: 'dropped' });
      return;
    }
    try {
      await this.transport?.send(letter, mail);
    } catch (error) {
      await this.recordFailure(mail, error);
      return;
    }
    await recordSent(this.database, mail.id, this.clock.now());
    mailAttempts.inc({ outcome: 'sent' });
  }

  private async recordFailure({ id, attempts }: DueMail, error: unknown): Promise<void> {
    const { text: failure, isFinal } = mailFailureOf(error);
    const isOver = isFinal || attempts >= ATTEMPTS_MAX;
    await recordFailure(this.database, id, { failure, givenUpAt: isOver ? this.clock.now() : null });
    mailAttempts.inc({ outcome: isOver ? 'given-up' : 'again' });
    this.logger.warn({ mailId: id, attempts, failure }, isOver ? 'a mail was given up' : 'a mail will be tried again');
  }

  private exposeBacklog(): void {
    let latest: Promise<MailBacklog> | undefined;
    const read = () =>
      (latest ??= readMailBacklog(this.database, this.clock.now()).finally(() => (latest = undefined)));
    for (const key of Object.keys(MAIL_GAUGES) as (keyof MailBacklog)[]) {
      MAIL_GAUGES[key].expose(async (gauge) => {
        gauge.set((await read())[key]);
      });
    }
  }
}
