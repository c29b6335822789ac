import { type EndingAgreementView, listEndingAgreements, recordAgreement } from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import {
  auditor,
  charter,
  type Link,
  officer,
  propose,
  recordGerman,
  recordPartner,
  startPartnership,
} from '../../test/partnership.factory';

let app: TestService;
let link: Link;

beforeAll(async () => {
  app = await startPartnership();
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
});
afterAll(() => app.close());

const agree = (partnershipId: string, period: { from: string; to: string | null }, more: object = {}) =>
  app.rpc(
    recordAgreement,
    {
      ...charter(partnershipId),
      documentSha256: crypto.randomUUID().replaceAll('-', '').repeat(2),
      signedOn: period.from,
      period,
      ...more,
    },
    officer,
  );
const ending = async (partnershipId: string, filter: object = {}): Promise<EndingAgreementView[]> => {
  const { items } = await app.rpc(listEndingAgreements, { limit: 200, ...filter }, auditor);
  return items.filter((item) => item.partnershipId === partnershipId);
};

describe('the list of agreements that end', () => {
  it('has an agreement until another one holds on the day on which it ends', async () => {
    const { id, caseNumber } = await propose(app, link);
    const first = await agree(id, { from: '2024-01-01', to: '2027-01-01' });
    expect(await ending(id, { isFollowed: false })).toEqual([
      {
        id: first.id,
        partnershipId: id,
        caseNumber,
        kind: 'CHARTER',
        signedOn: '2024-01-01',
        period: { from: '2024-01-01', to: '2027-01-01' },
        isFollowed: false,
      },
    ]);
    // A council's resolution is no agreement, one that ends on the same day does not hold then, nor one that begins a day later.
    await agree(id, { from: '2026-05-01', to: null }, { kind: 'COUNCIL_RESOLUTION' });
    await agree(id, { from: '2026-05-01', to: '2027-01-01' });
    expect((await ending(id, { isFollowed: false })).map((it) => it.id)).toContain(first.id);
    await agree(id, { from: '2026-06-01', to: null });
    expect(await ending(id, { isFollowed: false })).toEqual([]);
    expect((await ending(id)).map(({ isFollowed }) => isFollowed)).toEqual([true, true]);
  });

  it('is asked by the day on which they end, the next first', async () => {
    const { id } = await propose(app, link);
    const later = await agree(id, { from: '2026-01-01', to: '2028-01-01' });
    const sooner = await agree(id, { from: '2026-01-01', to: '2026-06-01' });
    const ids = async (filter: object) => (await ending(id, filter)).map((it) => it.id);
    expect(await ids({})).toEqual([sooner.id, later.id]);
    expect(await ids({ endsOnTo: '2026-06-01' })).toEqual([]);
    expect(await ids({ endsOnTo: '2026-06-02' })).toEqual([sooner.id]);
    expect(await ids({ endsOnFrom: '2026-06-02', isFollowed: false })).toEqual([later.id]);
  });

  it('asks for none after a contact, or after the end of the partnership', async () => {
    const contact = await propose(app, link, { kind: 'CONTACT' });
    await agree(contact.id, { from: '2026-01-01', to: '2026-06-01' });
    const project = await propose(app, link, {
      kind: 'PROJECT_PARTNERSHIP',
      period: { from: '2026-01-01', to: '2027-01-01' },
    });
    await agree(project.id, { from: '2026-01-01', to: '2027-01-01' });
    for (const { id } of [contact, project]) {
      expect((await ending(id)).map(({ isFollowed }) => isFollowed)).toEqual([true]);
    }
  });

  it('is not for municipalities', async () => {
    const town = caller('municipality-de', { municipalityId: link.german.id });
    await expect(app.rpc(listEndingAgreements, {}, town)).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });
});
