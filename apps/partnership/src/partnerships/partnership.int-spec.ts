import {
  activatePartnership,
  countPartnerships,
  createPartnership,
  endPartnership,
  getAgreement,
  getPartnership,
  listAgreements,
  listPartnerships,
  partnershipRecorded,
  recordAgreement,
  STATUS_CHANGES_SHOWN,
  suspendPartnership,
} from '#contracts/partnership';
import { caller, eventually, type TestService } from '#testing';
import {
  activate,
  auditor,
  charter,
  type Link,
  newPartnership,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
  TODAY,
} from '../../test/partnership.factory';

const UNKNOWN_ID = '0192d4e0-0000-7000-8000-00000000dead';
let app: TestService;
let link: Link;

beforeAll(async () => {
  app = await startPartnership();
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
});
afterAll(() => app.close());

describe('recording a partnership', () => {
  it('begins as proposed and is published whole', async () => {
    const partnership = await propose(app, link);
    expect(partnership).toMatchObject({
      version: 1,
      status: 'PROPOSED',
      statusSince: '2014-01-01',
      participants: [
        {
          municipalityId: link.german.id,
          side: 'DE',
          country: 'DE',
          kind: 'CITY',
          name: 'Tübingen, Universitätsstadt',
        },
        { municipalityId: link.partner.id, side: 'PARTNER', country: 'TZ', kind: 'CITY', name: 'Moshi' },
      ],
      languages: ['en', 'sw'],
      fieldsOfAction: [
        { key: 'waste_management', percent: 60 },
        { key: 'health', percent: 40 },
      ],
      period: { from: '2014-01-01', to: null },
      statusChanges: [{ status: 'PROPOSED', on: '2014-01-01', recordedBy: officer.subject, note: null }],
    });
    expect(await app.rpc(getPartnership, { partnershipId: partnership.id }, auditor)).toEqual(partnership);
    await eventually(async () => {
      const published = await app.published(partnershipRecorded);
      expect(published.find(({ partnershipId }) => partnershipId === partnership.id)).toMatchObject({
        kind: 'PARTNERSHIP',
        status: 'PROPOSED',
        period: { from: '2014-01-01', to: null },
        participants: [
          { municipalityId: link.german.id, side: 'DE' },
          { municipalityId: link.partner.id, side: 'PARTNER' },
        ],
        fieldsOfAction: [
          { key: 'waste_management', percent: 60 },
          { key: 'health', percent: 40 },
        ],
      });
    });
  });

  it('joins several municipalities of both sides', async () => {
    const more = { german: await recordGerman(app, '08118048'), partner: await recordPartner(app, { country: 'BF' }) };
    const participants = [link.german, more.german, link.partner, more.partner].map(({ id }) => ({
      municipalityId: id,
    }));
    expect((await propose(app, link, { participants })).participants).toHaveLength(4);
  });

  it('refuses an unknown participant and a link of one side', async () => {
    const { german, partner } = link;
    const unknown = [{ municipalityId: german.id }, { municipalityId: UNKNOWN_ID }];
    await expect(propose(app, link, { participants: unknown })).rejects.toMatchObject({
      code: 'PARTNERSHIP_PARTICIPANT_UNKNOWN',
      details: { municipalityIds: [UNKNOWN_ID] },
    });
    for (const { id } of [german, partner]) {
      const oneSided = [{ municipalityId: id }, { municipalityId: id }];
      await expect(propose(app, link, { participants: oneSided })).rejects.toMatchObject({
        code: 'PARTNERSHIP_PARTICIPANTS_ONE_SIDED',
      });
    }
  });

  it('refuses fields of action that are unknown or do not add up, and a project without an end', async () => {
    const fieldsOfAction = [{ key: 'waste_management', percent: 99 }];
    await expect(propose(app, link, { fieldsOfAction })).rejects.toMatchObject({ code: 'PARTNERSHIP_FIELDS_INVALID' });
    const unknown = [{ key: 'poetry', percent: 100 }];
    await expect(propose(app, link, { fieldsOfAction: unknown })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/fieldsOfAction/0/key' }],
    });
    await expect(propose(app, link, { kind: 'PROJECT_PARTNERSHIP' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_PERIOD_REQUIRED',
    });
  });

  it('leaves no trace of a refused one', async () => {
    const [before] = await app.database.query<{ count: bigint }>('SELECT count(*) FROM partnership');
    await expect(propose(app, link, { fieldsOfAction: [{ key: 'health', percent: 1 }] })).rejects.toBeDefined();
    expect(await app.database.query('SELECT count(*) FROM partnership')).toEqual([before]);
  });

  it('has its whole guarded by the database: fields of 100 percent and both sides', async () => {
    await expect(app.database.query(`UPDATE partnership_field SET percent = 40`)).rejects.toThrow('add up to');
    await expect(
      app.database.query('UPDATE partnership_participant SET municipality_id = $1 WHERE municipality_id = $2', [
        (await recordGerman(app, '05314000')).id,
        link.partner.id,
      ]),
    ).rejects.toThrow('lacks one side');
    await expect(app.database.query('DELETE FROM partnership_status_change')).rejects.toThrow('permission denied');
    await expect(app.database.query('UPDATE agreement SET reference = NULL')).rejects.toThrow('permission denied');
  });

  it('shows what its participants are called now, and refuses to show other ones than it has', async () => {
    const partner = await recordPartner(app, { names: { official: 'Kongoussi' } });
    const { id } = await propose(app, { ...link, partner });
    await app.database.query(`UPDATE municipality SET name = 'Kongoussi (renamed)' WHERE id = $1`, [partner.id]);
    const { participants } = await app.rpc(getPartnership, { partnershipId: id }, officer);
    expect(participants.map(({ name }) => name)).toEqual([link.german.name, 'Kongoussi (renamed)']);
    await expect(
      app.database.query(
        'UPDATE partnership_participant SET municipality_id = $1 WHERE partnership_id = $2 AND position = 2',
        [link.partner.id, id],
      ),
    ).rejects.toThrow('shows other participants');
  });

  it('shows its latest 100 statuses', async () => {
    const { id } = await propose(app, link);
    await app.database.query(
      `INSERT INTO partnership_status_change (partnership_id, sequence, status, effective_on, recorded_by, recorded_at)
       SELECT $1, sequence, 'PROPOSED', '2014-01-01', 'me', now() FROM generate_series(2, $2::int) AS sequence`,
      [id, STATUS_CHANGES_SHOWN + 1],
    );
    const { statusChanges } = await app.rpc(getPartnership, { partnershipId: id }, officer);
    expect(statusChanges).toHaveLength(STATUS_CHANGES_SHOWN);
    expect(new Set(statusChanges.map(({ recordedBy }) => recordedBy))).toEqual(new Set(['me']));
  });

  it('is refused when the same towns have one of its kind, and recorded with the reason why it is another', async () => {
    const twins = { german: link.german, partner: await recordPartner(app, { names: { official: 'Twin Town' } }) };
    const noReason = { duplicateReason: undefined };
    const first = await propose(app, twins, noReason);
    await expect(propose(app, twins, noReason)).rejects.toMatchObject({
      code: 'PARTNERSHIP_DUPLICATE_LIKELY',
      details: { partnershipIds: [first.id] },
    });
    const others = [{ municipalityId: twins.partner.id }, { municipalityId: twins.german.id }];
    await expect(propose(app, twins, { ...noReason, participants: others })).rejects.toMatchObject({
      code: 'PARTNERSHIP_DUPLICATE_LIKELY',
    });

    const third = { municipalityId: link.partner.id };
    await propose(app, twins, { ...noReason, participants: [...others, third] });
    await propose(app, twins, { ...noReason, kind: 'FRIENDSHIP' });
    await propose(app, twins, { duplicateReason: 'Eine zweite Urkunde über ein anderes Vorhaben' });
  });

  it('may follow one of the same towns that has ended', async () => {
    const twins = { german: link.german, partner: await recordPartner(app, { names: { official: 'Former Twin' } }) };
    const { id, version } = await activate(app, twins);
    await app.rpc(endPartnership, { partnershipId: id }, officer, { expectedVersion: version });
    await propose(app, twins, { duplicateReason: undefined });
  });

  it('takes an id that the client chose, once', async () => {
    const id = '0192d4e0-0000-7000-8000-000000000002';
    expect(await propose(app, link, { id })).toMatchObject({ id });
    await expect(propose(app, link, { id })).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_EXISTS' });
  });

  it('is for programme officers and advisers', async () => {
    for (const role of ['auditor', 'municipality-de', 'recruiter', 'expert'] as const) {
      await expect(app.rpc(createPartnership, newPartnership(link), caller(role))).rejects.toMatchObject({
        code: 'PLATFORM_ACTION_NOT_ALLOWED',
      });
    }
  });
});

describe('the states of a partnership', () => {
  it('go through active, dormant, active and ended, each with who and when, each published', async () => {
    const { id, version } = await activate(app, link);
    expect(version).toBe(2);
    const dormant = await app.rpc(
      suspendPartnership,
      { partnershipId: id, on: '2020-03-01', note: 'Pandemie' },
      officer,
      {
        expectedVersion: 2,
      },
    );
    expect(dormant).toMatchObject({ version: 3, status: 'DORMANT', statusSince: '2020-03-01' });
    await app.rpc(activatePartnership, { partnershipId: id, on: '2022-03-01' }, officer, { expectedVersion: 3 });
    const ended = await app.rpc(endPartnership, { partnershipId: id }, caller('adviser'), { expectedVersion: 4 });
    expect(ended.statusChanges).toMatchObject([
      { status: 'PROPOSED', on: '2014-01-01' },
      { status: 'ACTIVE', on: '2014-05-01' },
      { status: 'DORMANT', on: '2020-03-01', note: 'Pandemie' },
      { status: 'ACTIVE', on: '2022-03-01', recordedBy: officer.subject },
      { status: 'ENDED', on: TODAY, recordedBy: 'adviser' },
    ]);
    await eventually(async () => {
      const published = await app.published(partnershipRecorded);
      const states = published.filter(({ partnershipId }) => partnershipId === id).map(({ status }) => status);
      expect(states).toEqual(['PROPOSED', 'ACTIVE', 'DORMANT', 'ACTIVE', 'ENDED']);
    });
  });

  it('need an agreement in force to become active, except for a contact', async () => {
    const proposed = await propose(app, link);
    const activation = { partnershipId: proposed.id };
    await expect(app.rpc(activatePartnership, activation, officer, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'PARTNERSHIP_AGREEMENT_MISSING',
    });
    await app.rpc(recordAgreement, { ...charter(proposed.id), kind: 'COUNCIL_RESOLUTION' }, officer);
    await expect(app.rpc(activatePartnership, activation, officer, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'PARTNERSHIP_AGREEMENT_MISSING',
    });
    const contact = await propose(app, link, { kind: 'CONTACT' });
    expect(
      await app.rpc(activatePartnership, { partnershipId: contact.id }, officer, { expectedVersion: 1 }),
    ).toMatchObject({
      status: 'ACTIVE',
      statusSince: TODAY,
    });
  });

  it('refuse a change that is not foreseen, at a wrong day, or on a stale version', async () => {
    const { id, version } = await activate(app, link);
    const change = { partnershipId: id };
    const now = { expectedVersion: version };
    await expect(app.rpc(activatePartnership, change, officer, now)).rejects.toMatchObject({
      code: 'PARTNERSHIP_TRANSITION_NOT_ALLOWED',
      details: { from: 'ACTIVE', to: 'ACTIVE' },
    });
    for (const on of ['2026-11-28', '2014-04-30']) {
      await expect(app.rpc(suspendPartnership, { ...change, on }, officer, now)).rejects.toMatchObject({
        code: 'PARTNERSHIP_TRANSITION_DATE_INVALID',
      });
    }
    await expect(app.rpc(suspendPartnership, change, officer, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
      details: { currentVersion: 2 },
    });
    await app.rpc(endPartnership, change, officer, now);
    await expect(app.rpc(activatePartnership, change, officer, { expectedVersion: 3 })).rejects.toMatchObject({
      code: 'PARTNERSHIP_TRANSITION_NOT_ALLOWED',
    });
  });

  it('answer 404 for an unknown partnership', async () => {
    await expect(
      app.rpc(endPartnership, { partnershipId: UNKNOWN_ID }, officer, { expectedVersion: 1 }),
    ).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});

describe('the agreements of a partnership', () => {
  it('are kept with hash, reference and validity', async () => {
    const { id } = await propose(app, link);
    const agreement = await app.rpc(recordAgreement, charter(id), officer);
    expect(agreement).toMatchObject({
      kind: 'CHARTER',
      signedOn: '2014-05-01',
      period: { from: '2014-05-01', to: null },
      documentSha256: 'a'.repeat(64),
      reference: 'Az. 022.34',
      recordedBy: officer.subject,
    });
    expect((await app.rpc(listAgreements, { partnershipId: id }, auditor)).items).toEqual([agreement]);
    expect(await app.rpc(getAgreement, { partnershipId: id, agreementId: agreement.id }, auditor)).toEqual(agreement);
  });

  it('refuse the same document twice, a future signature, and validity before it', async () => {
    const { id } = await propose(app, link);
    const { id: agreementId } = await app.rpc(recordAgreement, charter(id), officer);
    await expect(app.rpc(recordAgreement, charter(id), officer)).rejects.toMatchObject({
      code: 'PARTNERSHIP_AGREEMENT_EXISTS',
      details: { agreementId },
    });
    const other = { ...charter(id), documentSha256: 'b'.repeat(64) };
    for (const dates of [{ signedOn: '2026-11-28' }, { period: { from: '2014-04-30', to: null } }]) {
      await expect(app.rpc(recordAgreement, { ...other, ...dates }, officer)).rejects.toMatchObject({
        code: 'PARTNERSHIP_AGREEMENT_DATE_INVALID',
      });
    }
    await expect(app.rpc(recordAgreement, charter(UNKNOWN_ID), officer)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});

describe('reading partnerships', () => {
  it('filters by name with typing errors, status, kind, country, municipality and field', async () => {
    const jena = {
      german: await recordGerman(app, '16053000'),
      partner: await recordPartner(app, { names: { official: 'San Marcos' }, country: 'NI' }),
    };
    const { id } = await activate(app, jena, { kind: 'FRIENDSHIP', fieldsOfAction: [{ key: 'energy', percent: 100 }] });
    for (const filter of [
      { q: 'San Markos' },
      { q: 'Jena' },
      { country: ['NI'] },
      { municipalityId: jena.partner.id },
      { fieldOfAction: ['energy'] },
      { kind: ['FRIENDSHIP' as const], status: ['ACTIVE' as const] },
    ]) {
      expect((await app.rpc(listPartnerships, filter, officer)).items).toMatchObject([{ id }]);
    }
    expect((await app.rpc(listPartnerships, { country: ['DE'] }, officer)).items).toEqual([]);
  });

  it('counts them by partner country with the filters of the list, each country of several', async () => {
    const both = [
      await recordPartner(app, { names: { official: 'Iquitos' }, country: 'PE' }),
      await recordPartner(app, { names: { official: 'Leticia' }, country: 'CO' }),
      await recordPartner(app, { names: { official: 'Tarapoto' }, country: 'PE' }),
    ];
    const participants = [link.german, ...both].map(({ id }) => ({ municipalityId: id }));
    await propose(app, link, { participants, kind: 'CONTACT' });
    expect(await app.rpc(countPartnerships, { kind: ['CONTACT'], country: ['PE'] }, officer)).toEqual({
      partnerships: 1,
      countries: [
        { country: 'CO', partnerships: 1 },
        { country: 'PE', partnerships: 1 },
      ],
    });
    expect(await app.rpc(countPartnerships, { country: ['DE'] }, officer)).toEqual({ partnerships: 0, countries: [] });
    // As the filter narrows, so does the number: what the map says is what its links open.
    const all = await app.rpc(countPartnerships, {}, officer);
    for (const { country, partnerships } of all.countries)
      expect((await app.rpc(listPartnerships, { country: [country], limit: 200 }, officer)).items).toHaveLength(
        partnerships,
      );
    expect((await app.rpc(listPartnerships, { limit: 200 }, officer)).items).toHaveLength(all.partnerships);
  });

  it('shows a municipality user its own partnerships only, and 404 for others', async () => {
    const solingen = {
      german: await recordGerman(app, '05122000'),
      partner: await recordPartner(app, { names: { official: 'Thiès' }, country: 'SN' }),
    };
    const own = await activate(app, solingen);
    const other = await activate(app, link);
    const users = [
      caller('municipality-de', { municipalityId: solingen.german.id }),
      caller('municipality-partner', { municipalityId: solingen.partner.id }),
    ];
    for (const user of users) {
      expect(await app.rpc(getPartnership, { partnershipId: own.id }, user)).toEqual(own);
      expect((await app.rpc(listPartnerships, {}, user)).items.map(({ id }) => id)).toEqual([own.id]);
      expect(await app.rpc(countPartnerships, {}, user)).toEqual({
        partnerships: 1,
        countries: [{ country: 'SN', partnerships: 1 }],
      });
      expect((await app.rpc(listAgreements, { partnershipId: own.id }, user)).items).toHaveLength(1);
      for (const operation of [getPartnership, listAgreements]) {
        await expect(app.rpc(operation, { partnershipId: other.id }, user)).rejects.toMatchObject({
          code: 'PLATFORM_RESOURCE_NOT_FOUND',
        });
      }
    }
    await expect(app.rpc(getPartnership, { partnershipId: own.id }, caller('municipality-de'))).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await expect(app.rpc(getPartnership, { partnershipId: own.id }, caller('expert'))).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
