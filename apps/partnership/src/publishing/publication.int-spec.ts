import type { RequestInputOf } from '#contracts';
import { commitmentRecorded, payoutBooked } from '#contracts/finance';
import {
  endPartnership,
  getPublication,
  getPublishedFile,
  listPublications,
  type PublishedFileName,
  PUBLISHED_FILES,
  publish,
} from '#contracts/partnership';
import { assignmentConfirmed } from '#contracts/staffing';
import { FixedClock, newId } from '#platform';
import { allHandled, caller, startTestService, type TestService } from '#testing';
import {
  activate,
  type Link,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
} from '../../test/partnership.factory';
import { number, people, ResultsAtWork } from '../../test/results.factory';
import { partnershipDataSource } from '../data-source';
import { PartnershipModule } from '../partnership.module';
import { PublicationService } from './publication.service';

const adviser = caller('adviser');
const eur = (amount: string) => ({ amount, currency: 'EUR' });

async function fileOf(app: TestService, name: PublishedFileName): Promise<string> {
  const bytes: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const request: RequestInputOf<typeof getPublishedFile> = { name, offset };
    const part = await app.rpc(getPublishedFile, request, undefined);
    bytes.push(Buffer.from(part.body, 'base64'));
    offset = part.nextOffset;
  }
  return Buffer.concat(bytes).toString();
}

/** Tells of an assignment that was confirmed in the summer and paid in August. */
async function assign(app: TestService, partnershipId: string, { partner }: Link, amount: string): Promise<string> {
  const [assignmentId, commitmentId, payoutId, expertId, payeeId, fundId] = Array.from({ length: 6 }, newId) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const period = { from: '2026-07-01', to: '2028-07-01' };
  await app.publish(
    assignmentConfirmed.of({
      aggregateId: assignmentId,
      aggregateVersion: 3,
      data: {
        ...{ assignmentId, partnershipIds: [partnershipId], instrument: 'INTEGRATED_EXPERT', expertId, period },
        employerMunicipalityId: partner.id,
      },
    }),
  );
  await app.publish(
    commitmentRecorded.of({
      aggregateId: commitmentId,
      aggregateVersion: 2,
      data: {
        ...{ commitmentId, assignmentId, fundId, status: 'COMMITTED', period },
        byYear: [{ year: 2026, amount: eur('9999.17') }],
      },
    }),
  );
  await app.publish(
    payoutBooked.of({
      aggregateId: payoutId,
      aggregateVersion: 8,
      data: {
        ...{ payoutId, commitmentId, assignmentId, fundId, payeeId, amount: eur(amount), budgetYear: 2026 },
        ...{ dueOn: '2026-08-01', status: 'BOOKED', costCategory: 'PERSONAL', instalment: 1, bookedOn: '2026-08-03' },
        ...{ paymentRunId: newId(), endToEndId: 'E2E-CANARY' },
      },
    }),
  );
  return expertId;
}

describe('publishing', () => {
  let app: TestService;
  let link: Link;
  beforeAll(async () => {
    app = await startPartnership();
    link = { german: await recordGerman(app), partner: await recordPartner(app) };
  }, 60_000);
  afterAll(() => app.close());

  it('gives everybody the files of an edition that has no error, and no person, pay or hidden place in them', async () => {
    const insecure = {
      german: link.german,
      partner: await recordPartner(app, { names: { official: 'Gao Canarytown' }, country: 'ML' }),
    };
    const canary = 'Camilla Canary';
    const open = (await activate(app, link, { duplicateReason: canary })).id;
    const hidden = (await activate(app, insecure, { duplicateReason: canary })).id;
    const proposed = await propose(app, link);
    const results = new ResultsAtWork(app);
    const alone = await results.of([open], [{ ...people, title: { en: canary } }]);
    await results.observe(alone, number('4711'), { source: canary, comment: canary });
    await results.lock(alone);
    await results.observe(alone, number('8080'), { year: 1 });
    const shared = await results.of([open, (await activate(app, link, { duplicateReason: canary })).id]);
    await results.observe(shared, number('1234'));
    await results.lock(shared);
    const secret = await results.of([open, hidden]);
    await results.observe(secret, number('6543'));
    await results.lock(secret);
    const experts = [
      await assign(app, open, link, '1111.11'),
      await assign(app, open, link, '2222.22'),
      await assign(app, open, link, '3333.33'),
      await assign(app, hidden, insecure, '4444.44'),
    ];
    await allHandled(app, 'partnership');
    const edition = await app.rpc(publish, {}, officer);
    expect(edition).toMatchObject({
      isPublished: true,
      partnerships: 3,
      assignments: 4,
      sums: 1,
      results: 3,
      errors: 0,
      warnings: 0,
    });
    expect(edition.leftOut).toEqual({ partnerships: 0, assignments: 0, amounts: 1, results: 0 });

    const [xml, json] = [await fileOf(app, 'iati-activities.xml'), await fileOf(app, 'portfolio.json')];
    expect(edition.files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['iati-activities.xml', Buffer.byteLength(xml)],
      ['portfolio.json', Buffer.byteLength(json)],
    ]);
    expect(xml).toContain('6666.66');
    expect(xml).toContain('Moshi');
    expect(xml).toContain('<actual value="4711"/>');
    expect(xml.split('<actual value="1234"/>')).toHaveLength(2);
    const secrets = [
      canary,
      'Canarytown',
      'E2E',
      proposed.caseNumber,
      '1111.11',
      '4444.44',
      '9999.17',
      '8080',
      ...experts,
    ];
    for (const text of [xml, json]) for (const secret of secrets) expect(text).not.toContain(secret);
    // What was bound counts in the quarter of its confirmation, which has not ended.
    expect(JSON.parse(json)).toMatchObject({
      sums: [{ kind: 'DISBURSEMENT', amount: eur('6666.66'), assignments: 3, quarter: '2026-Q3' }],
    });
  });

  it('is for the programme office, and read by the offices', async () => {
    await expect(app.rpc(publish, {}, adviser)).rejects.toMatchObject({ kind: 'forbidden' });
    const { items } = await app.rpc(listPublications, {}, adviser);
    expect(items.length).toBeGreaterThan(0);
    const town = caller('municipality-de', { municipalityId: link.german.id });
    await expect(app.rpc(listPublications, {}, town)).rejects.toMatchObject({ kind: 'forbidden' });
    const request = { publicationId: newId() };
    await expect(app.rpc(getPublication, request, adviser)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });

  it('makes a new edition by itself when something changed, and none when nothing did', async () => {
    const service = app.app.get(PublicationService, { strict: false });
    const { id, version } = await activate(app, link);
    expect(await service.publishChanges()).toBe(true);
    expect(await service.publishChanges()).toBe(false);
    const sfax = {
      names: { official: 'Sfax' },
      country: 'TN',
      identifiers: [{ scheme: 'geonames' as const, value: '2467454' }],
    };
    await activate(app, { ...link, partner: await recordPartner(app, sfax) });
    expect(await service.publishChanges()).toBe(true);
    expect(await fileOf(app, 'portfolio.json')).toContain(
      '"geonamesId":"2467454","longitude":10.7603,"latitude":34.7406',
    );
    const results = new ResultsAtWork(app);
    const result = await results.of([id]);
    await results.observe(result, number('31'));
    await results.lock(result);
    expect(await service.publishChanges()).toBe(true);
    expect(await fileOf(app, 'portfolio.json')).toContain('"number":"31"');
    const editions = async () => (await app.rpc(listPublications, {}, adviser)).items.length;
    const before = await editions();
    await app.rpc(endPartnership, { partnershipId: id, on: '2026-11-01', note: 'over' }, officer, {
      expectedVersion: version,
    });
    expect(await service.publishChanges()).toBe(true);
    expect(await editions()).toBe(before + 1);
    expect(await fileOf(app, 'iati-activities.xml')).toContain('<activity-status code="4"/>');
  });

  it('keeps the files of the two last editions', async () => {
    const rows = await app.asServiceRole('SELECT DISTINCT publication_id FROM published_file_part');
    expect(rows).toHaveLength(2);
  });
});

it('an edition with errors is shown in its report and not given out', async () => {
  const app = await startTestService({
    module: PartnershipModule,
    dataSource: partnershipDataSource,
    clock: new FixedClock('2026-11-27T12:00:00Z'),
    environment: { PUBLISHER_TYPE: '99' },
  });
  try {
    const edition = await app.rpc(publish, {}, officer);
    expect(edition).toMatchObject({ isPublished: false, errors: 2 });
    expect(edition.findings[0]).toMatchObject({
      severity: 'ERROR',
      kind: 'CODE_LIST',
      rule: 'OrganisationType',
      line: 5,
    });
    for (const name of PUBLISHED_FILES)
      await expect(app.rpc(getPublishedFile, { name }, undefined)).rejects.toMatchObject({
        code: 'PLATFORM_RESOURCE_NOT_FOUND',
      });
  } finally {
    await app.close();
  }
}, 60_000);
