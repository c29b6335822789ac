import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import { decideScreening, type ScreeningHit, type ScreeningView } from '#contracts/finance';
import { type Columns, Database, entityColumns, type Tx } from '#database';
import type { Act } from '#messaging';
import { Clock, newId } from '#platform';
import { paymentRulesOn } from '../payment-rules/payment-rules.reader';
import { PayoutHoldService } from '../payouts/payout-hold.service';
import { ALGORITHM, doubtsAbout, type ScreenedSubject } from './name-matching';
import { SanctionsListService } from './sanctions-list.service';
import { act } from './screening.act';
import { Screening } from './screening.entity';
import { screeningView } from './screening.messages';

const DAY_MS = 86_400_000;
const TOO_OLD = 'the edition of the list is too old: who was listed since is not in it';

/** Screens payees, takes the decisions on hits, and tells who may be paid. */
@Injectable()
export class ScreeningService {
  constructor(
    private readonly database: Database,
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
    const threshold = (await paymentRulesOn(tx, this.clock.today())).value('screening-hit-score');
    const hits = names.hits(screened, threshold);
    const doubts = [...doubtsAbout(screened.names), ...((await this.lists.isTooOld(tx)) ? [TOO_OLD] : [])];
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

  /** Only the latest screening of a payee is decided on: an older one says nothing any more. */
  @act(decideScreening, { possible: (screening) => screening.assertCanDecide() })
  async decide(
    screening: Screening,
    { outcome, reason }: RequestOf<typeof decideScreening>,
    { tx, call }: Act,
  ): Promise<void> {
    const [latest] = await tx.query<{ id: string }>(
      'SELECT id FROM screening WHERE payee_id = $1 ORDER BY number DESC LIMIT 1',
      [screening.payeeId],
    );
    if (latest?.id !== screening.id) {
      const details = { screeningId: screening.id, latest: latest?.id ?? null };
      throw new AppError('FINANCE_SCREENING_DECISION_NOT_ALLOWED', details);
    }
    if (outcome === 'CLEAR' && (await this.lists.isTooOld(tx))) {
      throw new AppError('FINANCE_SANCTIONS_LIST_TOO_OLD', { screeningId: screening.id });
    }
    screening.decide(outcome, { by: call.caller.subject, at: this.clock.now(), reason });
    await this.follow(tx, screening);
  }

  view(screening: Screening): ScreeningView {
    return screeningView(screening);
  }

  async assertConfigured(tx: Tx): Promise<void> {
    if (!(await this.lists.current(tx))) throw new AppError('FINANCE_SCREENING_NOT_CONFIGURED');
  }

  /** Those of the payees without a CLEAR against the edition in force that is recent enough. */
  async withoutClear(tx: Tx, payeeIds: readonly (string | null)[]): Promise<Set<string>> {
    const days = (await paymentRulesOn(tx, this.clock.today())).value('screening-validity');
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
