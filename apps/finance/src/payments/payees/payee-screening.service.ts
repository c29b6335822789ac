import { Injectable } from '@nestjs/common';
import type { RequestOf } from '#contracts';
import { type ScreeningView, screenPayee } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { Commands, Recurring } from '#messaging';
import { type Call, Handle } from '#platform';
import { SanctionsListService } from '../sanctions/sanctions-list.service';
import { ALGORITHM } from '../sanctions/name-matching';
import { ScreeningService } from '../sanctions/screening.service';
import { Payee } from './payee.entity';

const INTERVAL_MS = 2000;
const BATCH = 100;
/** Who was being registered while a list came in is found by the next round. */
const SWEEP_AGAIN_MS = 60_000;

/**
 * Screens payees: when they are registered, when their account changes, on demand, and every one of them again when a new edition
 * of the list is in force. Until then no payment run takes them.
 */
@Injectable()
export class PayeeScreeningService {
  private swept: { readonly listId: string; readonly atMs: number } | undefined;

  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly lists: SanctionsListService,
    private readonly screenings: ScreeningService,
  ) {}

  @Handle(screenPayee)
  screen({ payeeId }: RequestOf<typeof screenPayee>, call: Call): Promise<ScreeningView> {
    return this.commands.run(call, async (tx) => {
      const payee = await tx.lockOrFail(Payee, payeeId);
      return this.screenings.view(await this.screenPayee(tx, payee));
    });
  }

  /** Without any list there is nothing to screen against: the first import catches up. */
  async screenIfConfigured(tx: Tx, payee: Payee): Promise<void> {
    if (await this.lists.current(tx)) await this.screenPayee(tx, payee);
  }

  /** Screens who has no screening against the edition in force by the rules of today; each batch in a transaction of its own. */
  @Recurring({ name: 'screen payees against the new list', intervalMs: INTERVAL_MS })
  async sweep(): Promise<void> {
    const list = await this.lists.current();
    if (!list || (this.swept?.listId === list.id && performance.now() - this.swept.atMs < SWEEP_AGAIN_MS)) return;
    // Read before the first batch: a whole list takes longer than a transaction should wait.
    await this.lists.names(this.database);
    let batch: { listId: string; found: number };
    do batch = await this.database.transaction((tx) => this.screenBatch(tx));
    while (batch.found === BATCH);
    this.swept = { listId: batch.listId, atMs: performance.now() };
  }

  /** Asks each time which edition is in force: a newer one may have come since the batch before. */
  private async screenBatch(tx: Tx): Promise<{ listId: string; found: number }> {
    const { listId } = await this.lists.names(tx);
    const payees = await tx.query<{ id: string }>(
      `SELECT payee.id FROM payee WHERE NOT EXISTS
         (SELECT FROM screening s WHERE s.payee_id = payee.id AND s.sanctions_list_id = $1 AND s.algorithm = $2)
       ORDER BY payee.id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [listId, ALGORITHM],
    );
    for (const { id } of payees) await this.screenPayee(tx, await tx.findOrFail(Payee, id));
    return { listId, found: payees.length };
  }

  private async screenPayee(tx: Tx, payee: Payee): ReturnType<ScreeningService['screen']> {
    const changes = await tx.query<{ by: string }>(
      `SELECT DISTINCT proposed_by AS by FROM bank_account_change WHERE payee_id = $1 AND status = 'EFFECTIVE'`,
      [payee.id],
    );
    const namedBy = new Set([...(payee.createdBy === null ? [] : [payee.createdBy]), ...changes.map(({ by }) => by)]);
    return this.screenings.screen(tx, { id: payee.id, namedBy: [...namedBy] }, screenedOf(payee));
  }
}

function screenedOf({ name, accountHolder, town, country }: Payee) {
  return { names: [...new Set([name, accountHolder])], town, country };
}
