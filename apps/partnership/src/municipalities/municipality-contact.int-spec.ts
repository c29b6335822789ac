import type { RequestInputOf } from '#contracts';
import {
  declareSuccession,
  getMunicipality,
  listMunicipalityContacts,
  municipalityRecorded,
  type MunicipalityView,
  recordMunicipalityContact,
  withdrawMunicipalityContact,
} from '#contracts/partnership';
import { newId } from '#platform';
import { caller, eventually, type TestService } from '#testing';
import { activate, officer, recordGerman, recordPartner, startPartnership } from '../../test/partnership.factory';
import { MunicipalityContactService } from './municipality-contact.service';

let app: TestService;
let german: MunicipalityView;
let partner: MunicipalityView;
beforeAll(async () => {
  app = await startPartnership();
  german = await recordGerman(app);
  partner = await recordPartner(app);
  await activate(app, { german, partner });
}, 60_000);
afterAll(() => app.close());

const NAME = 'Amina Mwakyusa';
const person = { name: NAME, function: 'Head of waste management', email: 'amina@moshi.example' };
const consent = { givenOn: '2026-11-01', evidence: 'Form of 1 November 2026, file 7/3' };

async function record(
  { id }: MunicipalityView,
  changes: Partial<RequestInputOf<typeof recordMunicipalityContact>> = {},
): Promise<MunicipalityView> {
  const { version } = await app.rpc(getMunicipality, { municipalityId: id }, officer);
  return app.rpc(recordMunicipalityContact, { municipalityId: id, person, consent, ...changes }, officer, {
    expectedVersion: version,
  });
}
async function withdraw({ id }: MunicipalityView, contactId: string, by = officer): Promise<MunicipalityView> {
  const { version } = await app.rpc(getMunicipality, { municipalityId: id }, officer);
  return app.rpc(withdrawMunicipalityContact, { municipalityId: id, contactId }, by, { expectedVersion: version });
}
const contactsOf = async ({ id }: MunicipalityView, by = officer) =>
  (await app.rpc(listMunicipalityContacts, { municipalityId: id }, by)).items;

/** Every table of the service that holds the text anywhere in a row. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await app.database.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await app.database.query(`SELECT 1 FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [
      text,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

describe('a contact of a municipality', () => {
  it('is read by whoever works with the municipality, and stands in no message and no audit record', async () => {
    const answered = await record(partner);
    expect(JSON.stringify(answered)).not.toContain(NAME);
    expect((await contactsOf(partner))[0]?.person).toMatchObject({ ...person, evidence: consent.evidence });
    const town = caller('municipality-partner', { municipalityId: partner.id });
    expect((await contactsOf(partner, town))[0]?.person).toEqual({ ...person, evidence: null });
    for (const by of [
      officer,
      caller('data-protection-officer'),
      caller('municipality-de', { municipalityId: german.id }),
    ])
      expect(await contactsOf(partner, by)).toMatchObject([
        { person: { name: NAME }, givenOn: '2026-11-01', until: null, recordedBy: officer.subject, withdrawnAt: null },
      ]);
    await eventually(async () => {
      const told = await app.published(municipalityRecorded);
      expect(told.at(-1)).toMatchObject({ municipalityId: partner.id });
      expect(JSON.stringify(told)).not.toContain(NAME);
    });
    expect(await tablesWith(NAME)).toEqual(['municipality_contact_person']);
  });

  it('is hidden from offices that do not talk to municipalities, and from other municipalities', async () => {
    for (const role of ['auditor', 'finance-officer', 'recruiter', 'expert'] as const)
      await expect(
        contactsOf(partner, caller(role, role === 'expert' ? { expertId: newId() } : {})),
      ).rejects.toMatchObject({
        code: 'PLATFORM_ACTION_NOT_ALLOWED',
      });
    const stranger = caller('municipality-partner', { municipalityId: newId() });
    await expect(contactsOf(partner, stranger)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    await expect(
      app.rpc(
        recordMunicipalityContact,
        { municipalityId: partner.id, person, consent },
        caller('municipality-partner', { municipalityId: partner.id }),
        { expectedVersion: 1 },
      ),
    ).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
  });

  it('is deleted with the consent, and of nothing else it is known who it was', async () => {
    const [contact] = await contactsOf(partner);
    await withdraw(partner, contact?.id ?? '', caller('data-protection-officer'));
    expect(await contactsOf(partner)).toMatchObject([{ id: contact?.id, person: null, givenOn: '2026-11-01' }]);
    for (const text of [NAME, person.function, person.email, consent.evidence])
      expect(await tablesWith(text)).toEqual([]);
    await expect(withdraw(partner, contact?.id ?? '')).rejects.toMatchObject({ code: 'PARTNERSHIP_CONTACT_WITHDRAWN' });
    await expect(withdraw(german, contact?.id ?? '')).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });

  it('is gone on the day on which the consent runs out', async () => {
    const town = await recordPartner(app, { names: { official: 'Arusha' } });
    await record(town, { consent: { ...consent, until: '2026-11-28' } });
    const [contact] = await contactsOf(town);
    expect(contact?.person).toMatchObject({ name: NAME });
    // As the clock of the tests stands still, the day is moved.
    await app.database.query('UPDATE municipality_contact SET consent_until = $2 WHERE id = $1', [
      contact?.id,
      '2026-11-27',
    ]);
    expect(await contactsOf(town)).toMatchObject([{ person: null }]);
    const service = app.app.get(MunicipalityContactService);
    expect(await service.deleteExpired()).toBe(1);
    expect(await tablesWith(NAME)).toEqual([]);
    expect(await service.deleteExpired()).toBe(0);
  });

  it.each([
    [{ givenOn: '2026-11-28' }, '#/consent/givenOn'],
    [{ until: '2026-11-27' }, '#/consent/until'],
  ])('is refused with the consent %j', async (change, pointer) => {
    await expect(record(german, { consent: { ...consent, ...change } })).rejects.toMatchObject({
      code: 'PARTNERSHIP_CONTACT_CONSENT_INVALID',
      errors: [{ pointer }],
    });
  });

  it('is one of twenty at most, and none of a municipality that has ended; its consent is withdrawn all the same', async () => {
    const [gone, heir] = [
      await recordPartner(app, { names: { official: 'Dodoma' } }),
      await recordPartner(app, { names: { official: 'Iringa' } }),
    ];
    for (let count = 0; count < 20; count += 1) await record(gone);
    await expect(record(gone)).rejects.toMatchObject({ code: 'PARTNERSHIP_CONTACTS_TOO_MANY' });
    const { version } = await app.rpc(getMunicipality, { municipalityId: gone.id }, officer);
    const merger = { kind: 'MERGER' as const, on: '2026-01-01', successorIds: [heir.id], reason: 'by law' };
    await app.rpc(declareSuccession, { municipalityId: gone.id, ...merger }, officer, { expectedVersion: version });
    await expect(record(gone)).rejects.toMatchObject({ code: 'PARTNERSHIP_MUNICIPALITY_ENDED' });
    const [contact] = await contactsOf(gone);
    expect(await withdraw(gone, contact?.id ?? '')).toMatchObject({ endedOn: '2026-01-01' });
  });
});
