import type { Role } from '#contracts';
import { getPartnership, listPartnershipActions, PartnershipStatus, recordAgreement } from '#contracts/partnership';
import { caller, type TestCaller, type TestService, walkActions } from '#testing';
import { charter, officer, propose, recordGerman, recordPartner, startPartnership } from './partnership.factory';

let app: TestService;

beforeAll(async () => {
  app = await startPartnership();
}, 60_000);
afterAll(() => app.close());

it('tells of a partnership what its acts do, in every state and for every role', async () => {
  const german = await recordGerman(app);
  const { cells, statuses, faults } = await walkActions({
    app,
    actions: listPartnershipActions,
    walks: 12,
    async start() {
      const partner = await recordPartner(app, { names: { official: `Moshi ${crypto.randomUUID()}` } });
      const { id } = await propose(app, { german, partner });
      await app.rpc(recordAgreement, charter(id), officer);
      const callers: Partial<Record<Role, TestCaller>> = {
        'programme-officer': officer,
        adviser: caller('adviser'),
        auditor: caller('auditor'),
        'municipality-de': caller('municipality-de', { municipalityId: german.id }),
        'municipality-partner': caller('municipality-partner', { municipalityId: partner.id }),
      };
      return { id, callers };
    },
    status: async (partnershipId) => (await app.rpc(getPartnership, { partnershipId }, officer)).status,
    requests: {
      partnership_activate: () => ({}),
      partnership_suspend: () => ({}),
      partnership_end: () => ({}),
    },
  });
  expect(faults).toEqual([]);
  expect([...statuses].sort()).toEqual([...PartnershipStatus.options].sort());
  // 4 states x 3 acts x 5 roles.
  expect(cells.size).toBe(60);
}, 120_000);
