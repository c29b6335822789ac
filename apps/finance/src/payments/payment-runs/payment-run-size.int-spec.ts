import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createPaymentRun,
  getPaymentRunFile,
  orderPayouts,
  type PaymentRunView,
  TRANSFER_PARTS_MAX,
} from '#contracts/finance';
import { insertCheckedPayouts } from '../../../test/checked-payouts';
import { CASHIER, FinanceWorld, ORDERER } from '../../../test/finance-world';

/** Several parts of a run and of its file; `npm run bench:payment-run` measures 10,000. */
const PAYOUTS = 1_700;
/** Every second one is paid by itself, the others by as few transfers as there may be. */
const TRANSFERS = PAYOUTS / 2 + Math.ceil(PAYOUTS / 2 / TRANSFER_PARTS_MAX);
const ORDER_MAX = 500;

let world: FinanceWorld;
beforeAll(async () => {
  world = await FinanceWorld.start();
});
afterAll(() => world?.app.close());

async function checkedPayouts(): Promise<{ fundId: string; payouts: { payoutId: string; version: number }[] }> {
  const { id: fundId } = await world.fund({ 2027: '9000000.00', 2028: '9000000.00' });
  const data = world.fundingRequest(fundId, {
    costInputs: {
      instrument: 'LOCAL_EXPERT',
      salaryMonth: { amount: '100000.00', currency: 'EUR' },
      employerContributionPercent: '0',
    },
  });
  const payee = await world.expertPayee(data.expertId);
  await world.departed(fundId, data);
  const [model] = await world.payouts(data.assignmentId);
  const wanted = { modelId: model?.id ?? '', payeeIds: [payee.id], count: PAYOUTS };
  const payouts = await insertCheckedPayouts({ sql: world.app.asServiceRole, ...wanted });
  await world.payApart(payouts.filter((_, index) => index % 2 === 0).map(({ payoutId: id }) => ({ id })));
  return { fundId, payouts };
}

async function download({ id: paymentRunId }: PaymentRunView): Promise<string> {
  const parts: string[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const request = { paymentRunId, offset };
    const part: { body: string; nextOffset: number | null } = await world.app.rpc(getPaymentRunFile, request, CASHIER);
    parts.push(part.body);
    offset = part.nextOffset;
  }
  return parts.join('');
}

describe('a payment run of many payouts', () => {
  it('has each of them once, in a valid file with the same bytes at each export', async () => {
    const { fundId, payouts } = await checkedPayouts();
    for (let first = 0; first < PAYOUTS; first += ORDER_MAX) {
      await world.app.rpc(orderPayouts, { payouts: payouts.slice(first, first + ORDER_MAX) }, ORDERER);
    }
    const request = { fundId, paymentType: 'SEPA', executionOn: '2027-02-12' } as const;
    const run = await world.app.rpc(createPaymentRun, request, CASHIER);
    expect(run).toMatchObject({
      payouts: PAYOUTS,
      transfers: TRANSFERS,
      total: { amount: '17000.00' },
      verificationOfPayee: 'GROUP',
    });
    const xml = await download(run);
    expect(await download(run)).toBe(xml);
    expect(createHash('sha256').update(xml).digest('hex')).toBe(run.file.sha256);
    const endToEndIds = [...xml.matchAll(/<EndToEndId>([^<]*)</g)].map(([, id]) => id);
    expect(new Set(endToEndIds).size).toBe(TRANSFERS);
    const items = await world.app.asServiceRole<{ payoutId: string }>(
      'SELECT payout_id FROM payment_run_item WHERE payment_run_id = $1 AND end_to_end_id = ANY ($2)',
      [run.id, endToEndIds],
    );
    expect(items.map(({ payoutId }) => payoutId).sort()).toEqual(payouts.map(({ payoutId }) => payoutId).sort());
    expect(xml.match(new RegExp(`<NbOfTxs>${TRANSFERS}<`, 'g'))).toHaveLength(2);
    expect(xml.match(/<CtrlSum>17000\.00</g)).toHaveLength(2);
    const { status, error, stderr } = spawnSync(
      'xmllint',
      ['--noout', '--schema', `${__dirname}/../../../data/iso20022/pain.001.001.09.xsd`, '-'],
      { input: xml, encoding: 'utf8' },
    );
    // Where xmllint is not installed, the service's own validator has checked every part before the file was stored.
    if (!error) expect({ status, stderr }).toMatchObject({ status: 0 });
  }, 60_000);
});
