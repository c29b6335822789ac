import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MAIL_LANGUAGES, type MailLanguage } from '#contracts/events';
import { Database } from '#database';
import { Clock } from '#platform';
import { readRules } from '#rules';
import type { Event } from '../events/event.act';
import { EventService } from '../events/event.service';
import { MailConfig } from '../mails/mail-config';
import { type DueMail, Letters } from '../mails/mail-sender.service';
import type { Letter } from '../mails/mail-transport';
import { type Confirming, findPerson, insertToken } from './address-confirmation.rows';
import { hashOfToken } from './address-confirmation.service';
import { confirmationLetter, takenLetter } from './confirmation-letter';
import { REGISTRATION_RULES } from './registration-rules';
import { Registration } from './registration.entity';

const TOKEN_BYTES = 32;
const DAY_MS = 86_400_000;

/**
 * What people are written, made when it is sent. Each attempt has a token of its own, and all of them hold: which of the mails arrived,
 * nobody knows. The token stands in the link's fragment, which no browser sends to a server.
 */
@Injectable()
export class ConfirmationLetters extends Letters {
  constructor(
    private readonly database: Database,
    private readonly events: EventService,
    private readonly clock: Clock,
    private readonly config: MailConfig,
  ) {
    super();
  }

  async write({ kind, participantId }: DueMail): Promise<Letter | undefined> {
    const person = await findPerson(this.database, participantId);
    if (!person?.isOpen) return undefined;
    const event = await this.events.find(this.database, person.eventId);
    const language = await this.languageOf(person, event);
    const about = { language, title: titleIn(event, language), startsAt: event.startsAt, timeZone: event.timeZone };
    if (kind === 'ADDRESS_TAKEN') return { to: person.email, language, ...takenLetter(about) };
    if (person.addressConfirmedAt ?? person.addressTakenAt) return undefined;
    const { token, expiresAt } = await this.newToken(participantId);
    const link = `${this.config.publicUrl}/events/confirm#${token}`;
    return { to: person.email, language, ...confirmationLetter({ ...about, link, expiresAt }) };
  }

  private async newToken(participantId: string): Promise<{ token: string; expiresAt: Date }> {
    const rules = (await readRules(this.database, REGISTRATION_RULES)).inForceOn(this.clock.today());
    const expiresAt = new Date(this.clock.now().getTime() + rules.value('confirmation-link-valid') * DAY_MS);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    await insertToken(this.database, { hash: hashOfToken(token), participantId, expiresAt });
    return { token, expiresAt };
  }

  private async languageOf({ language, registrationId }: Confirming, event: Event): Promise<MailLanguage> {
    if (language) return language;
    const { registrantGroup } = await this.database.findOrFail(Registration, registrationId);
    const preferred: readonly MailLanguage[] =
      registrantGroup === 'GERMAN_SIDE' ? MAIL_LANGUAGES : ['en', 'fr', 'es', 'de'];
    return preferred.find((it) => event.title[it] !== undefined) ?? 'en';
  }
}

function titleIn({ title }: Event, language: MailLanguage): string {
  return title[language] ?? title.en ?? Object.values(title)[0] ?? '';
}
