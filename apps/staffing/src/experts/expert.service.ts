import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf } from '#contracts';
import {
  changeExpert,
  createExpert,
  type ExpertFact,
  type ExpertPersonView,
  type ExpertView,
  type FactVerification,
  verifyExpert,
} from '#contracts/staffing';
import type { Tx } from '#database';
import { type Act, Commands } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { act } from './expert.act';
import { Expert, refuseBirthDate } from './expert.entity';
import { keepsPersons } from './expert.messages';
import { ExpertReader } from './expert.reader';
import { EXPERT_RULES } from './expert-rules';
import { personOf, sameAddress, writePerson } from './expert-person.rows';

/** The pool: who is taken in, corrected and verified. */
@Injectable()
export class ExpertService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    private readonly experts: ExpertReader,
  ) {}

  @Handle(createExpert)
  create(request: RequestOf<typeof createExpert>, call: Call): Promise<ExpertView> {
    return this.commands.run(call, async (tx) => {
      const { id = newId(), person, document, duplicateReason, ...caseData } = request;
      await this.refuseImplausible(tx, person);
      if (duplicateReason === undefined) await refuseDuplicate(tx, id, person);
      const verification = this.verified(call, document);
      const expert = Expert.takeIn({ ...caseData, id, at: this.clock.now(), verification });
      await tx.insert(expert);
      await writePerson(tx, id, person);
      return this.view(expert, { tx, call });
    });
  }

  @act(changeExpert)
  async change(expert: Expert, request: RequestOf<typeof changeExpert>, { tx, call }: Act): Promise<void> {
    const { expertId, person, document, duplicateReason, reason, ...given } = request;
    const before = person && (await personOf(tx, expertId));
    const birthDate = person && { before: before?.birthDate ?? null, after: person.birthDate };
    if (birthDate && birthDate.before !== birthDate.after) await this.refuseImplausible(tx, person);
    // An expert would learn from the refusal who else is in the pool; the record tells those who keep it.
    if (person && person.email !== before?.email && keepsPersons(call) && duplicateReason === undefined)
      await refuseDuplicate(tx, expertId, person);
    const isOwn = call.caller.expertId === expertId;
    const verification = keepsPersons(call) && !isOwn ? this.verified(call, document) : null;
    const facts = expert.change({ ...given, birthDate }, { verification, reason });
    noteFacts(tx, expertId, facts, verification);
    if (person) await this.correct(tx, expertId, { before, after: person });
  }

  @act(verifyExpert, {
    possible: ({ id }, { caller }) => {
      if (caller.expertId === id) throw new AppError('STAFFING_EXPERT_VERIFIES_SELF');
    },
  })
  verify(expert: Expert, { facts, document }: RequestOf<typeof verifyExpert>, { tx, call }: Act): void {
    const verification = this.verified(call, document);
    expert.verify(facts, verification);
    noteFacts(tx, expert.id, facts, verification);
  }

  view(expert: Expert, { tx, call }: Pick<Act, 'tx' | 'call'>): Promise<ExpertView> {
    return this.experts.view(tx, expert, call);
  }

  private verified({ caller }: Call, document: FactVerification['document'] | undefined): FactVerification {
    return { by: caller.subject, at: this.clock.now().toISOString(), document: document ?? null };
  }

  private async refuseImplausible(tx: Tx, person: ExpertPersonView): Promise<void> {
    const today = this.clock.today();
    const rules = (await readRules(tx, EXPERT_RULES)).inForceOn(today);
    refuseBirthDate(person, { today, ageMin: rules.value('age-min'), ageMax: rules.value('age-max') });
  }

  /** Writes the personal data; the audit trail keeps which of it is another, and nothing of the person. */
  private async correct(
    tx: Tx,
    expertId: string,
    { before, after }: { before: ExpertPersonView | undefined; after: ExpertPersonView },
  ): Promise<void> {
    await writePerson(tx, expertId, after);
    const names = Object.keys(after) as (keyof ExpertPersonView)[];
    const changed = names.filter((name) => before?.[name] !== after[name]);
    const fields = Object.fromEntries(changed.map((name) => [name, {}]));
    if (changed.length > 0) tx.noteChange({ object: 'expert_person', id: expertId, fields });
  }
}

async function refuseDuplicate(tx: Tx, expertId: string, person: ExpertPersonView): Promise<void> {
  const expertIds = await sameAddress(tx, expertId, person);
  if (expertIds.length > 0) throw new AppError('STAFFING_EXPERT_DUPLICATE_LIKELY', { expertIds });
}

/** Says in the audit trail by which paper a fact counts, or that it counts no longer; not what it is. */
function noteFacts(tx: Tx, id: string, facts: readonly ExpertFact[], verification: FactVerification | null): void {
  if (facts.length === 0) return;
  const after = verification ? `VERIFIED ${verification.document ?? 'by entry'}` : 'NOT VERIFIED';
  tx.noteChange({ object: 'expert_fact', id, fields: Object.fromEntries(facts.map((fact) => [fact, { after }])) });
}
