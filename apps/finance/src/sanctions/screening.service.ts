import { Injectable } from '@nestjs/common';
import {
  AppError,
  type decideScreening,
  type listScreenings,
  type Page,
  type RequestOf,
  type ScreeningHit,
  type ScreeningStatusView,
  type ScreeningSummary,
  type ScreeningView,
} from '#contracts';
import { type Columns, Database, entityColumns, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { Filters } from '../filters';
import { paymentRule } from '../payment-rules/payment-rule';
import { PayoutHoldService } from '../payouts/payout-hold.service';
import { ALGORITHM, doubtsAbout, type ScreenedSubject } from './name-matching';
import { SanctionsListService } from './sanctions-list.service';
import { Screening } from './screening.entity';
import { sanctionsListView, screeningSummary, screeningView } from './screening.messages';

export { screeningView };

const DAY_MS = 86_400_000;

/** Screens payees, takes the decisions on hits, and tells who may be paid. */
@Injectable()
export class ScreeningService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly lists: SanctionsListService,
    private readonly holds: PayoutHoldService,
    private readonly clock: Clock,
  ) {}

  /**
   * Screens against the edition in force; what is not CLEAR holds the payouts of the payee at once. `namedBy` are those who gave the
   * names: they do not clear them.
   */
  async screen(
    tx: Tx,
    { id: payeeId, namedBy }: { id: string; namedBy: readonly string[] },
    screened: ScreenedSubject,
  ): Promise<Screening> {
    const { listId, names } = await this.lists.names(tx);
    const threshold = paymentRule('screening-hit-score', this.clock.today());
    const hits = names.hits(screened, threshold);
    const doubts = doubtsAbout(screened.names);
    const isSuspect = hits.length > 0 || doubts.length > 0;
    const previous = await this.latestDecided(tx, payeeId);
    const screening = Object.assign(new Screening(), {
      id: newId(),
      payeeId,
      sanctionsListId: listId,
      outcome: isSuspect || previous?.outcome === 'BLOCK' ? ('REVIEW' as const) : ('CLEAR' as const),
      algorithm: ALGORITHM,
      threshold,
      screened,
      hits,
      doubts,
      namedBy: [...namedBy],
      screenedAt: this.clock.now(),
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
    });
    if (screening.outcome === 'REVIEW' && previous && isSuspect && isCoveredBy(screening, previous)) {
      screening.decide('CLEAR', {
        by: previous.decidedBy ?? '',
        at: this.clock.now(),
        reason: `the same hits as in screening ${previous.id}: ${previous.decisionReason ?? ''}`.slice(0, 1000),
      });
    }
    await tx.insert(screening);
    await this.follow(tx, screening);
    return screening;
  }

  decide({ screeningId, outcome, reason }: RequestOf<typeof decideScreening>, call: Call): Promise<ScreeningView> {
    const by = call.caller.subject;
    return this.commands.run(call, async (tx) => {
      const screening = await tx.lockOrFail(Screening, screeningId, call.expectedVersion);
      const [latest] = await tx.query<{ id: string }>(
        'SELECT id FROM screening WHERE payee_id = $1 ORDER BY number DESC LIMIT 1',
        [screening.payeeId],
      );
      if (latest?.id !== screeningId) {
        throw new AppError('FINANCE_SCREENING_DECISION_NOT_ALLOWED', { screeningId, latest: latest?.id ?? null });
      }
      screening.decide(outcome, { by, at: this.clock.now(), reason });
      await tx.update(screening);
      await this.follow(tx, screening);
      return screeningView(screening);
    });
  }

  async assertConfigured(tx: Tx): Promise<void> {
    if (!(await this.lists.current(tx))) throw new AppError('FINANCE_SCREENING_NOT_CONFIGURED');
  }

  /** Those of the payees without a CLEAR against the edition in force that is recent enough. */
  async withoutClear(tx: Tx, payeeIds: readonly (string | null)[]): Promise<Set<string>> {
    const days = paymentRule('screening-validity', this.clock.today());
    const rows = await tx.query<{ id: string }>(
      `SELECT payee.id FROM unnest($1::uuid[]) AS payee (id)
       WHERE NOT EXISTS (
         SELECT FROM (SELECT s.outcome, s.sanctions_list_id, s.screened_at FROM screening s
           WHERE s.payee_id = payee.id ORDER BY s.number DESC LIMIT 1) AS latest
         WHERE latest.outcome = 'CLEAR' AND latest.screened_at >= $2
           AND latest.sanctions_list_id = (SELECT l.id FROM sanctions_list l ORDER BY l.number DESC LIMIT 1))`,
      [[...new Set(payeeIds)].filter((id) => id !== null), new Date(this.clock.now().getTime() - days * DAY_MS)],
    );
    return new Set(rows.map((row) => row.id));
  }

  async status(): Promise<ScreeningStatusView> {
    const list = await this.lists.current();
    const [payees] = await this.database.query<ScreeningStatusView['payees']>(STATUS, [list?.id ?? null]);
    return {
      state: list ? 'CONFIGURED' : 'NOT_CONFIGURED',
      list: list ? sanctionsListView(list) : null,
      payees: payees ?? { clear: 0, review: 0, blocked: 0, unscreened: 0 },
    };
  }

  async get(screeningId: string): Promise<ScreeningView> {
    return screeningView(await this.database.findOrFail(Screening, screeningId));
  }

  async list({ limit, cursor, ...filter }: RequestOf<typeof listScreenings>): Promise<Page<ScreeningSummary>> {
    const filters = new Filters().add('s.payee_id = ?', filter.payeeId).add('s.outcome = ANY (?)', filter.outcome);
    return this.database.page<Omit<Columns<Screening>, 'hits'> & { number: bigint }, ScreeningSummary>({
      select: `SELECT ${entityColumns(this.database, Screening, 's', ['hits'])}, s.number FROM screening s`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'number', column: 's.number', type: 'int8', descending: true }],
      idColumn: 's.id',
      limit,
      cursor,
      filterHash: { list: 'screenings', ...filter },
      items: (rows) => rows.map(screeningSummary),
    });
  }

  private async follow(tx: Tx, { id, payeeId, outcome, decidedBy }: Screening): Promise<void> {
    const origin = { by: decidedBy ?? 'finance', note: `screening ${id}: ${outcome}` };
    if (outcome === 'REVIEW') return this.holds.holdPayee(tx, payeeId, 'SCREENING_MISSING', origin);
    if (outcome === 'BLOCK') return this.holds.holdPayee(tx, payeeId, 'SANCTIONED', origin);
    return this.holds.liftPayee(tx, payeeId, ['SCREENING_MISSING', 'SANCTIONED'], origin);
  }

  private async latestDecided(tx: Tx, payeeId: string): Promise<Columns<Screening> | undefined> {
    const [row] = await tx.query<Columns<Screening>>(
      `SELECT ${entityColumns(this.database, Screening, 's')} FROM screening s
       WHERE s.payee_id = $1 AND s.decided_by IS NOT NULL ORDER BY s.number DESC LIMIT 1`,
      [payeeId],
    );
    return row;
  }
}

/** A person who did not name the payee cleared exactly this before; a new hit or doubt, or a higher score, needs a new decision. */
function isCoveredBy({ hits, doubts, namedBy }: Screening, previous: Columns<Screening>): boolean {
  const { outcome, hits: cleared, decidedBy } = previous;
  if (outcome !== 'CLEAR' || decidedBy === null || namedBy.includes(decidedBy)) return false;
  const isKnown = (hit: ScreeningHit) =>
    cleared.some((it) => it.logicalId === hit.logicalId && it.listedName === hit.listedName && it.score >= hit.score);
  return hits.every(isKnown) && doubts.every((doubt) => previous.doubts.includes(doubt));
}

const STATUS = `
SELECT count(*) FILTER (WHERE latest.outcome = 'CLEAR' AND latest.sanctions_list_id = $1)::int AS clear,
  count(*) FILTER (WHERE latest.outcome = 'REVIEW')::int AS review,
  count(*) FILTER (WHERE latest.outcome = 'BLOCK')::int AS blocked,
  count(*) FILTER (WHERE latest.outcome IS NULL OR (latest.outcome = 'CLEAR' AND latest.sanctions_list_id <> $1))::int AS unscreened
FROM payee LEFT JOIN LATERAL (SELECT s.outcome, s.sanctions_list_id FROM screening s
  WHERE s.payee_id = payee.id ORDER BY s.number DESC LIMIT 1) AS latest ON true`;
