import { type JournalVerification, verifyJournal } from '#contracts/finance';
import { Audit } from '#messaging';
import { BankLoop, newIban, type SentRun, single } from '../../../test/bank-loop';
import { AUDITOR, FinanceWorld } from '../../../test/finance-world';

let world: FinanceWorld;
let sent: SentRun;
beforeAll(async () => {
  world = await FinanceWorld.start();
  const bank = new BankLoop(world);
  const iban = newIban();
  sent = await bank.sentRun(iban);
  const [booked, ...others] = sent.payouts;
  await bank.importFile(bank.statement([single(booked), single(others[0])], { iban }));
  await world.app.app.get(Audit, { strict: false }).seal();
}, 60_000);
afterAll(() => world?.app.close());

/** Everything, in as many parts as it takes. */
async function verified(request: object = {}): Promise<JournalVerification> {
  const findings: JournalVerification['findings'][number][] = [];
  for (let after: string | null = null; ;) {
    const part: JournalVerification = await world.app.rpc(
      verifyJournal,
      { ...request, ...(after !== null && { after }) },
      AUDITOR,
    );
    findings.push(...part.findings);
    if (part.next === null) return { ...part, findings };
    after = part.next;
  }
}

/** What is said while somebody who gets past every right and trigger has changed a row. */
async function saidOf(change: string, restore: string): Promise<string[]> {
  const superuser = (sql: string) => world.app.testDatabase.asAdmin(`SET session_replication_role = replica; ${sql}`);
  await superuser(change);
  try {
    const { isIntact, findings } = await verified();
    expect(isIntact).toBe(false);
    return findings.map(({ kind, sentence }) => `${kind}: ${sentence}`);
  } finally {
    await superuser(restore);
  }
}

describe('a verification of the journal', () => {
  it('says how far it is of how much, and that nothing was changed', async () => {
    const { stage, checked, total, isIntact } = await verified();
    expect({ stage, isIntact }).toEqual({ stage: 'AMOUNTS', isIntact: true });
    expect(checked).toBe(total);
    expect(total).toBeGreaterThan(5);
  });

  it('names the balance that was changed', async () => {
    const of = `UPDATE ledger_account SET balance_minor = balance_minor + 10000 WHERE fund_id = '${sent.fundId}' AND budget_year = 2027 AND stage = 'available'`;
    expect(await saidOf(of, of.replace('+ 10000', '- 10000'))).toEqual([
      expect.stringMatching(
        /^balance-differs: The stored balance of Fund .*, 2027, available is [\d.]+ EUR, its journal/,
      ),
    ]);
  });

  it('names the ordered payout whose amount was changed, and the commitment of one that is planned', async () => {
    const ordered = `UPDATE payout SET amount_minor = amount_minor * 10 WHERE id = '${sent.payouts[2]?.id}'`;
    expect(await saidOf(ordered, ordered.replace('* 10', '/ 10'))).toEqual([
      expect.stringContaining(`payout-differs: The payout ${sent.payouts[2]?.id} says`),
    ]);
    const planned = `UPDATE payout SET amount_minor = amount_minor + 1 WHERE id =
      (SELECT id FROM payout WHERE fund_id = '${sent.fundId}' AND status = 'PLANNED' ORDER BY id LIMIT 1)`;
    expect(await saidOf(planned, planned.replace('+ 1', '- 1'))).toEqual([
      expect.stringMatching(
        /^commitment-differs: The payouts of commitment .* that are still to be ordered in 20\d\d add up to/,
      ),
    ]);
  });

  it('names the entry of the bank whose amount was changed after it was matched, and the statement that lacks one', async () => {
    const entry = `(SELECT e.id FROM bank_entry e JOIN bank_match m ON m.bank_entry_id = e.id WHERE m.payout_id = '${sent.payouts[0]?.id}')`;
    const [row] = await world.app.asServiceRole<{ id: string }>(`SELECT id FROM bank_entry WHERE id = ${entry}`);
    const changed = `UPDATE bank_entry SET amount_minor = amount_minor + 7 WHERE id = '${row?.id}'`;
    expect(await saidOf(changed, changed.replace('+ 7', '- 7'))).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`bank-entry-differs: The bank entry ${row?.id} says`),
        expect.stringContaining('statement-differs: '),
      ]),
    );
    const removed = `CREATE TABLE kept AS SELECT * FROM bank_entry WHERE id = '${row?.id}'; DELETE FROM bank_entry WHERE id = '${row?.id}'`;
    const back = `INSERT INTO bank_entry SELECT * FROM kept; DROP TABLE kept`;
    expect(await saidOf(removed, back)).toEqual([
      expect.stringMatching(/^statement-differs: The entries of bank statement .* add up to/),
    ]);
    expect(await verified()).toMatchObject({ isIntact: true });
  });
});
