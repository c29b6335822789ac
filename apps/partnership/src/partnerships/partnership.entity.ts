import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type OpenPeriod } from '#contracts';
import type { FieldShare, PartnershipKind, PartnershipStatus, Side } from '#contracts/partnership';
import { AuditFields } from '#database';
import { type AgreementFacts, isInForce, needsAgreement } from './agreement-term';

const NEXT: Record<PartnershipStatus, readonly PartnershipStatus[]> = {
  PROPOSED: ['ACTIVE', 'ENDED'],
  ACTIVE: ['DORMANT', 'ENDED'],
  DORMANT: ['ACTIVE', 'ENDED'],
  ENDED: [],
};

interface Proposal {
  readonly id: string;
  readonly kind: PartnershipKind;
  readonly languages: readonly string[];
  readonly period: OpenPeriod | null;
}

/** The moment of a change and the day from which it holds. */
export interface Moment {
  readonly on: string;
  readonly today: string;
  readonly at: Date;
}

/**
 * A link between municipalities: PROPOSED -> ACTIVE <-> DORMANT -> ENDED. Each status holds from a day that is not in the future,
 * not before the status it follows, and inside the period. Only a CONTACT becomes active without an agreement in force.
 * Source: docs/domain.md#partnerships.
 */
@AuditFields<Partnership>({ open: ['kind', 'status', 'languages'] })
@Entity({ name: 'partnership' })
export class Partnership {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('text') kind!: PartnershipKind;
  @Column('text') status!: PartnershipStatus;
  @Column('date') statusSince!: string;
  @Column('text', { array: true }) languages!: string[];
  @Column('date', { nullable: true }) periodFrom!: string | null;
  @Column('date', { nullable: true }) periodTo!: string | null;
  @Column('timestamptz') readonly createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;

  static propose({ id, kind, languages, period }: Proposal, { today, at }: Omit<Moment, 'on'>): Partnership {
    checkPeriod({ kind, period });
    return Object.assign(new Partnership(), {
      id,
      kind,
      status: 'PROPOSED' as const,
      // An old link is recorded today but may be activated from the day it began.
      statusSince: period && period.from < today ? period.from : today,
      languages: [...new Set(languages)],
      periodFrom: period?.from ?? null,
      periodTo: period?.to ?? null,
      createdAt: at,
      updatedAt: at,
    });
  }

  activate(agreements: readonly AgreementFacts[], moment: Moment): void {
    this.assertCanMove('ACTIVE', moment);
    assertAgreed(this.kind, agreements, moment.on);
    this.moveTo('ACTIVE', moment);
  }

  suspend(moment: Moment): void {
    this.moveTo('DORMANT', moment);
  }

  end(moment: Moment): void {
    this.moveTo('ENDED', moment);
  }

  assertCanChange(): void {
    if (this.status === 'ENDED') throw new AppError('PARTNERSHIP_CHANGE_NOT_ALLOWED');
  }

  /** A contact that is active becomes another kind with an agreement in force only, as it would have become active. */
  change(content: Omit<Proposal, 'id'>, agreements: readonly AgreementFacts[], { on, today, at }: Moment): void {
    this.assertCanChange();
    const { kind, languages, period } = content;
    checkPeriod(content);
    if (on > today) throw new AppError('PARTNERSHIP_TRANSITION_DATE_INVALID', { on, latest: today });
    if (this.status === 'ACTIVE' && kind !== this.kind) assertAgreed(kind, agreements, on);
    this.kind = kind;
    this.languages = [...new Set(languages)];
    this.periodFrom = period?.from ?? null;
    this.periodTo = period?.to ?? null;
    this.updatedAt = at;
  }

  assertCanBecome(next: PartnershipStatus): void {
    if (NEXT[this.status].includes(next)) return;
    throw new AppError('PARTNERSHIP_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }

  private assertCanMove(next: PartnershipStatus, { on, today }: Moment): void {
    this.assertCanBecome(next);
    const isOutsidePeriod = next === 'ACTIVE' && this.periodTo !== null && on >= this.periodTo;
    if (on > today || on < this.statusSince || isOutsidePeriod) {
      throw new AppError('PARTNERSHIP_TRANSITION_DATE_INVALID', { on, earliest: this.statusSince, latest: today });
    }
  }

  private moveTo(next: PartnershipStatus, moment: Moment): void {
    this.assertCanMove(next, moment);
    this.status = next;
    this.statusSince = moment.on;
    this.updatedAt = moment.at;
  }
}

function checkPeriod({ kind, period }: Pick<Proposal, 'kind' | 'period'>): void {
  if (kind === 'PROJECT_PARTNERSHIP' && !period?.to) throw new AppError('PARTNERSHIP_PERIOD_REQUIRED');
}

function assertAgreed(kind: PartnershipKind, agreements: readonly AgreementFacts[], on: string): void {
  if (needsAgreement(kind) && !agreements.some((agreement) => isInForce(agreement, on)))
    throw new AppError('PARTNERSHIP_AGREEMENT_MISSING', { on, kind });
}

/** At least one German and one partner municipality, each named once. */
export function checkParticipants(asked: readonly string[], found: readonly { id: string; side: Side }[]): void {
  const unknown = asked.filter((id) => !found.some((it) => it.id === id));
  if (unknown.length > 0) throw new AppError('PARTNERSHIP_PARTICIPANT_UNKNOWN', { municipalityIds: unknown });
  if (new Set(found.map(({ side }) => side)).size < 2) throw new AppError('PARTNERSHIP_PARTICIPANTS_ONE_SIDED');
}

/** Each field named once, adding up to 100 percent. */
export function checkFields(shares: readonly FieldShare[]): void {
  const repeated = shares.map(({ key }) => key).filter((key, index, keys) => keys.indexOf(key) < index);
  const total = shares.reduce((sum, { percent }) => sum + percent, 0);
  if (repeated.length > 0 || total !== 100) {
    throw new AppError('PARTNERSHIP_FIELDS_INVALID', { repeated, total });
  }
}
