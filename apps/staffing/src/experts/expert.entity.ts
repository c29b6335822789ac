import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ageOn, AppError } from '#contracts';
import {
  EXPERT_FACTS,
  type ExpertFact,
  type ExpertPersonView,
  type ExpertView,
  type FactVerification,
} from '#contracts/staffing';
import { AuditFields } from '#database';

export type Verifications = NonNullable<ExpertView['verifications']>;
type CaseData = Pick<Expert, 'languages' | 'fieldsOfAction' | 'qualifications' | 'citizenships' | 'residenceCountry'>;

/** What is entered, by whom: null where the expert enters it, whose word about a fact that decides is not its proof. */
export interface Entry {
  readonly verification: FactVerification | null;
  readonly reason: string | undefined;
}

/**
 * An expert (Fachkraft) as the case needs it. Who the person is stands in `expert_person`, so that erasure leaves the case whole.
 * Promises that a fact on which the right to an instrument hangs (docs/domain.md#facts-about-a-person) is marked as verified only
 * while it is what a person of the fund entered or saw a paper for.
 */
@AuditFields<Expert>({ reduced: ['residenceCountry'] })
@Entity({ name: 'expert' })
export class Expert {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('jsonb') languages!: ExpertView['languages'];
  @Column('text', { array: true }) fieldsOfAction!: string[];
  @Column('text', { array: true }) qualifications!: string[];
  @Column('text', { array: true }) citizenships!: string[];
  @Column('char', { length: 2 }) residenceCountry!: string;
  @Column('jsonb') verifications!: Verifications;
  /** Why it was corrected last. */
  @Column('text', { nullable: true }) changeReason!: string | null;
  @Column('timestamptz') createdAt!: Date;

  static takeIn({
    verification,
    ...given
  }: CaseData & { id: string; at: Date; verification: FactVerification }): Expert {
    const { at, ...caseData } = given;
    const verifications = { citizenships: verification, birthDate: verification, residenceCountry: verification };
    return Object.assign(new Expert(), caseData, { version: 1, createdAt: at, verifications, changeReason: null });
  }

  /** Changes the profile; answers the facts that are others than before. */
  change(
    { birthDate, ...given }: Partial<CaseData> & { birthDate: { before: string | null; after: string } | undefined },
    { verification, reason }: Entry,
  ): ExpertFact[] {
    const { citizenships = this.citizenships, residenceCountry = this.residenceCountry } = given;
    const isOther: Record<ExpertFact, boolean> = {
      citizenships: sorted(citizenships) !== sorted(this.citizenships),
      residenceCountry: residenceCountry !== this.residenceCountry,
      birthDate: birthDate !== undefined && birthDate.before !== birthDate.after,
    };
    Object.assign(this, given);
    this.changeReason = reason ?? null;
    const changed = EXPERT_FACTS.filter((fact) => isOther[fact]);
    for (const fact of changed) this.verifications = { ...this.verifications, [fact]: verification };
    return changed;
  }

  verify(facts: readonly ExpertFact[], verification: FactVerification): void {
    for (const fact of facts) this.verifications = { ...this.verifications, [fact]: verification };
  }
}

/** Refuses a birth date that makes nobody an expert today: one in the future, or of the last century but one. */
export function refuseBirthDate(
  { birthDate }: Pick<ExpertPersonView, 'birthDate'>,
  { today, ageMin, ageMax }: { today: string; ageMin: number; ageMax: number },
): void {
  const age = ageOn(birthDate, today);
  if (age >= ageMin && age <= ageMax) return;
  const code = 'STAFFING_EXPERT_BIRTH_DATE_NOT_PLAUSIBLE';
  const detail = `must be the birth date of a person of ${ageMin} to ${ageMax} years`;
  throw new AppError(code, { ageMin, ageMax }, { errors: [{ pointer: '#/person/birthDate', code, detail }] });
}

function sorted(texts: readonly string[]): string {
  return texts.toSorted().join(' ');
}
