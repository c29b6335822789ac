import type { RequestInputOf } from '#contracts';
import {
  activatePartnership,
  changePartnership,
  createProject,
  endPartnership,
  getPartnership,
  listPartnershipChanges,
  listPartnerships,
  type MunicipalityView,
  partnershipRecorded,
  recordAgreement,
  type PartnershipView,
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
import { newProject } from '../../test/projects.factory';

let app: TestService;
let link: Link;
let kigali: MunicipalityView;

beforeAll(async () => {
  app = await startPartnership();
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
  kigali = await recordPartner(app, { names: { official: 'Kigali' }, country: 'RW' });
});
afterAll(() => app.close());

type Change = Partial<RequestInputOf<typeof changePartnership>>;

/** Everything as it was recorded, but what is given. */
function change({ id, version }: PartnershipView, changes: Change, as = officer): Promise<PartnershipView> {
  const said = newPartnership(link);
  const request = { ...said, partnershipId: id, reason: 'council decision of May', ...changes };
  return app.rpc(changePartnership, request, as, { expectedVersion: version });
}

const withKigali = () => ({
  participants: [link.german, link.partner, kigali].map(({ id }) => ({ municipalityId: id })),
});
const changesOf = async (partnershipId: string) =>
  (await app.rpc(listPartnershipChanges, { partnershipId }, auditor)).items;

it('takes in a third town from a day on, and keeps what was said before', async () => {
  const partnership = await activate(app, link);
  const changed = await change(partnership, { ...withKigali(), on: '2026-05-01' });
  expect(changed.participants.map(({ name }) => name)).toEqual(['Tübingen, Universitätsstadt', 'Moshi', 'Kigali']);
  expect(changed.version).toBe(partnership.version + 1);
  expect(changed.statusChanges).toEqual(partnership.statusChanges);
  expect(await app.rpc(getPartnership, { partnershipId: partnership.id }, officer)).toEqual(changed);
  const said = (towns: readonly MunicipalityView[]) => ({
    kind: 'PARTNERSHIP',
    participants: towns.map(({ id, name }) => ({ municipalityId: id, name })),
    languages: ['en', 'sw'],
    fieldsOfAction: newPartnership(link).fieldsOfAction,
    period: { from: '2014-01-01', to: null },
  });
  expect(await changesOf(partnership.id)).toEqual([
    {
      sequence: changed.version,
      on: '2026-05-01',
      reason: 'council decision of May',
      before: said([link.german, link.partner]),
      after: said([link.german, link.partner, kigali]),
      recordedBy: officer.subject,
      recordedAt: changed.updatedAt,
    },
  ]);
  // Who joined finds it; the other services are told.
  const found = await app.rpc(listPartnerships, { municipalityId: kigali.id }, officer);
  expect(found.items.map(({ id }) => id)).toContain(partnership.id);
  await eventually(async () => {
    const told = (await app.published(partnershipRecorded)).filter(
      ({ partnershipId }) => partnershipId === partnership.id,
    );
    expect(told.at(-1)?.participants.map(({ municipalityId }) => municipalityId)).toContain(kigali.id);
  });
});

it('lists changes latest first, to whom the partnership belongs', async () => {
  const first = await change(await propose(app, link), { languages: ['fr'] });
  const second = await change(first, { languages: ['fr'], period: null, reason: 'typed wrong' });
  expect((await changesOf(first.id)).map(({ sequence }) => sequence)).toEqual([second.version, first.version]);
  const own = caller('municipality-partner', { municipalityId: link.partner.id });
  const foreign = caller('municipality-partner', { municipalityId: kigali.id });
  const ask = { partnershipId: first.id };
  expect((await app.rpc(listPartnershipChanges, ask, own)).items).toHaveLength(2);
  await expect(app.rpc(listPartnershipChanges, ask, foreign)).rejects.toMatchObject({
    code: 'PLATFORM_RESOURCE_NOT_FOUND',
  });
  await expect(change(second, { languages: ['en'] }, own)).rejects.toMatchObject({
    code: 'PLATFORM_ACTION_NOT_ALLOWED',
  });
});

it('refuses a change that says nothing new, and keeps the version', async () => {
  const partnership = await propose(app, link);
  await expect(change(partnership, {})).rejects.toMatchObject({ code: 'PARTNERSHIP_CHANGE_EMPTY' });
  expect((await app.rpc(getPartnership, { partnershipId: partnership.id }, officer)).version).toBe(1);
});

it.each<[why: string, changes: () => Change, refusal: object]>([
  [
    'a day in the future',
    () => ({ ...withKigali(), on: '2026-12-24' }),
    { code: 'PARTNERSHIP_TRANSITION_DATE_INVALID' },
  ],
  [
    'one side only',
    () => ({ participants: [link.partner, kigali].map(({ id }) => ({ municipalityId: id })) }),
    { code: 'PARTNERSHIP_PARTICIPANTS_ONE_SIDED' },
  ],
  [
    'a town that is not recorded',
    () => ({ participants: [{ municipalityId: link.german.id }, { municipalityId: crypto.randomUUID() }] }),
    { code: 'PARTNERSHIP_PARTICIPANT_UNKNOWN' },
  ],
  [
    'fields that do not add up',
    () => ({ fieldsOfAction: [{ key: 'health' as const, percent: 90 }] }),
    { code: 'PARTNERSHIP_FIELDS_INVALID', details: { repeated: [], total: 90 } },
  ],
  [
    'a project partnership without an end',
    () => ({ kind: 'PROJECT_PARTNERSHIP' }),
    { code: 'PARTNERSHIP_PERIOD_REQUIRED' },
  ],
])('refuses %s', async (_, changes, refusal) => {
  await expect(change(await activate(app, link), changes())).rejects.toMatchObject(refusal);
});

it('refuses to become what these towns have already, unless there is a reason', async () => {
  const german = await recordGerman(app, '05334002');
  const known = await propose(app, { german, partner: kigali });
  const other = await propose(app, link);
  const same = { participants: [{ municipalityId: german.id }, { municipalityId: kigali.id }] };
  await expect(change(other, { ...same, duplicateReason: undefined })).rejects.toMatchObject({
    code: 'PARTNERSHIP_DUPLICATE_LIKELY',
    details: { partnershipIds: [known.id] },
  });
  expect((await change(other, { ...same, duplicateReason: 'of another council' })).participants[0]?.name).toBe(
    german.name,
  );
});

it('makes of an active contact a partnership with an agreement in force only', async () => {
  const { id, version } = await propose(app, link, { kind: 'CONTACT' });
  const contact = await app.rpc(activatePartnership, { partnershipId: id }, officer, { expectedVersion: version });
  await expect(change(contact, { kind: 'FRIENDSHIP' })).rejects.toMatchObject({
    code: 'PARTNERSHIP_AGREEMENT_MISSING',
    details: { on: TODAY, kind: 'FRIENDSHIP' },
  });
  await app.rpc(recordAgreement, charter(contact.id), officer);
  expect((await change(contact, { kind: 'FRIENDSHIP' })).kind).toBe('FRIENDSHIP');
});

it('lets no town go that carries an open project', async () => {
  const partnership = await change(await activate(app, link), withKigali());
  const project = await app.rpc(createProject, newProject(partnership.id, link), officer);
  await expect(
    change(partnership, { participants: [link.german, kigali].map(({ id }) => ({ municipalityId: id })) }),
  ).rejects.toMatchObject({
    code: 'PARTNERSHIP_PARTICIPANT_NEEDED',
    details: { municipalityId: link.partner.id, projectId: project.id },
  });
});

it('refuses an ended partnership, and what was read before another change', async () => {
  const partnership = await propose(app, link);
  const changed = await change(partnership, { languages: ['fr'] });
  await expect(change(partnership, { languages: ['es'] })).rejects.toMatchObject({
    code: 'PLATFORM_VERSION_STALE',
  });
  const ended = await app.rpc(endPartnership, { partnershipId: partnership.id }, officer, {
    expectedVersion: changed.version,
  });
  await expect(change(ended, { languages: ['es'] })).rejects.toMatchObject({ code: 'PARTNERSHIP_CHANGE_NOT_ALLOWED' });
});
