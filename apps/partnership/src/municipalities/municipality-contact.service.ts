import { Injectable } from '@nestjs/common';
import { AppError, type FieldError, type Page, type RequestOf } from '#contracts';
import {
  listMunicipalityContacts,
  type MunicipalityContactView,
  type MunicipalityView,
  recordMunicipalityContact,
  withdrawMunicipalityContact,
} from '#contracts/partnership';
import { Database, refuseForeign } from '#database';
import { type Act, Recurring } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { act } from './municipality.act';
import { Municipality } from './municipality.entity';
import { MunicipalityChangeService } from './municipality-change.service';
import { MUNICIPALITY_OWNERSHIP } from './municipality.rows';

/** At one time: more is an address book. */
const CONTACTS_MAX = 20;
const DELETE_EVERY_MS = 60_000;

// The day decides at once; the row of the person goes with the next round of the deletion.
const select = (today: string, evidence: string) => `
  SELECT c.id, c.consent_given_on AS given_on, c.consent_until AS until, c.recorded_by, c.recorded_at, c.withdrawn_at,
    (SELECT json_build_object('name', p.name, 'function', p.function, 'email', p.email, 'evidence', ${evidence})
     FROM municipality_contact_person p
     WHERE p.contact_id = c.id AND (c.consent_until IS NULL OR c.consent_until > ${today})) AS person
  FROM municipality_contact c`;

type ContactRow = Omit<MunicipalityContactView, 'recordedAt' | 'withdrawnAt'> & {
  readonly recordedAt: Date;
  readonly withdrawnAt: Date | null;
};

/** Whom to talk to in municipalities: kept while the person consents, and deleted with the consent. */
@Injectable()
export class MunicipalityContactService {
  constructor(
    private readonly database: Database,
    private readonly municipalities: MunicipalityChangeService,
    private readonly clock: Clock,
  ) {}

  @act(recordMunicipalityContact, { possible: (municipality) => municipality.assertCurrent() })
  async record(
    municipality: Municipality,
    { person, consent }: RequestOf<typeof recordMunicipalityContact>,
    { tx, call }: Act,
  ): Promise<void> {
    const today = this.clock.today();
    checkConsent(consent, today);
    const [known] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM municipality_contact_person p JOIN municipality_contact c ON c.id = p.contact_id
       WHERE c.municipality_id = $1 AND (c.consent_until IS NULL OR c.consent_until > $2)`,
      [municipality.id, today],
    );
    if ((known?.count ?? 0) >= CONTACTS_MAX)
      throw new AppError('PARTNERSHIP_CONTACTS_TOO_MANY', { most: CONTACTS_MAX });
    const id = newId();
    await tx.query(
      `INSERT INTO municipality_contact (id, municipality_id, consent_given_on, consent_until, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, municipality.id, consent.givenOn, consent.until, call.caller.subject, this.clock.now()],
    );
    await tx.query(
      'INSERT INTO municipality_contact_person (contact_id, name, function, email, evidence) VALUES ($1, $2, $3, $4, $5)',
      [id, person.name, person.function, person.email, consent.evidence],
    );
    municipality.updatedAt = this.clock.now();
  }

  /** Also of a municipality that has ended: a consent is withdrawn at any time (DSGVO 7 (3)). */
  @act(withdrawMunicipalityContact)
  async withdraw(
    municipality: Municipality,
    { contactId }: RequestOf<typeof withdrawMunicipalityContact>,
    { tx, call }: Act,
  ): Promise<void> {
    const [contact] = await tx.query<{ withdrawnAt: Date | null }>(
      'SELECT withdrawn_at FROM municipality_contact WHERE id = $1 AND municipality_id = $2',
      [contactId, municipality.id],
    );
    if (!contact) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    if (contact.withdrawnAt !== null) throw new AppError('PARTNERSHIP_CONTACT_WITHDRAWN');
    await tx.query('UPDATE municipality_contact SET withdrawn_by = $2, withdrawn_at = $3 WHERE id = $1', [
      contactId,
      call.caller.subject,
      this.clock.now(),
    ]);
    await tx.execute('DELETE FROM municipality_contact_person WHERE contact_id = $1', [contactId]);
    municipality.updatedAt = this.clock.now();
  }

  view(municipality: Municipality, act: Act): Promise<MunicipalityView> {
    return this.municipalities.view(municipality, act);
  }

  @Handle(listMunicipalityContacts)
  async list(
    { municipalityId, limit, cursor }: RequestOf<typeof listMunicipalityContacts>,
    call: Call,
  ): Promise<Page<MunicipalityContactView>> {
    await refuseForeign(this.database, call, { ownership: MUNICIPALITY_OWNERSHIP, id: municipalityId });
    if (call.scope === 'any') await this.database.findOrFail(Municipality, municipalityId);
    return this.database.page<ContactRow, MunicipalityContactView>({
      // How the consent was given concerns those who have to show it.
      select: select('$2', call.scope === 'any' ? 'p.evidence' : 'NULL'),
      where: ['c.municipality_id = $1'],
      parameters: [municipalityId, this.clock.today()],
      sort: [{ key: 'recordedAt', column: 'c.recorded_at', type: 'timestamptz', descending: true }],
      idColumn: 'c.id',
      limit,
      cursor,
      filterHash: { list: 'municipality-contacts', municipalityId },
      items: (rows) =>
        rows.map((row) => ({
          ...row,
          recordedAt: row.recordedAt.toISOString(),
          withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
        })),
    });
  }

  /** Who the person is goes with the day on which the consent runs out; answers how many went. */
  @Recurring({ name: 'delete contacts without consent', intervalMs: DELETE_EVERY_MS })
  deleteExpired(): Promise<number> {
    return this.database.transaction((tx) =>
      tx.execute(
        `DELETE FROM municipality_contact_person p USING municipality_contact c
         WHERE c.id = p.contact_id AND c.consent_until <= $1`,
        [this.clock.today()],
      ),
    );
  }
}

function checkConsent({ givenOn, until }: RequestOf<typeof recordMunicipalityContact>['consent'], today: string): void {
  const code = 'PARTNERSHIP_CONTACT_CONSENT_INVALID';
  const errors: FieldError[] = [];
  if (givenOn > today) errors.push({ pointer: '#/consent/givenOn', code, detail: 'must not be in the future' });
  if (until !== null && (until <= today || until <= givenOn))
    errors.push({ pointer: '#/consent/until', code, detail: 'must be after today' });
  if (errors.length > 0) throw new AppError(code, undefined, { errors });
}
