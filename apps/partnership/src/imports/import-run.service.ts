import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import type { MunicipalityView, PartnershipView } from '#contracts/partnership';
import type { Tx } from '#database';
import type { Act } from '#messaging';
import { MunicipalityService } from '../municipalities/municipality.service';
import { PartnershipService } from '../partnerships/partnership.service';
import type { RowAssessment } from './assessment.rules';

/** Rows of one statement: each has its limit of time, the whole has another. */
const AT_ONCE = 250;

/** Records what a report says, through the services that record by hand: their rules, messages and audit records are the same. */
@Injectable()
export class ImportRun {
  constructor(
    private readonly municipalities: MunicipalityService,
    private readonly partnerships: PartnershipService,
  ) {}

  /** The report as it is afterwards: with what was made, and with what was left out. */
  async record(report: readonly RowAssessment[], act: Pick<Act, 'tx' | 'call'>): Promise<RowAssessment[]> {
    const ready = report.filter(({ verdict }) => verdict === 'READY');
    const ids = await this.recordMunicipalities(ready, act);
    const linked = ready.map((row) => withIds(row, ids));
    const views: PartnershipView[] = [];
    for (let at = 0; at < linked.length; at += AT_ONCE) {
      const requests = linked.slice(at, at + AT_ONCE).map(partnershipRequest);
      views.push(...(await this.partnerships.recordAll(requests, act)));
      await checkSoFar(act.tx);
    }
    const made = new Map(
      linked.map((row, index) => [
        row.number,
        { ...row, verdict: 'MADE' as const, partnershipId: views[index]?.id ?? null },
      ]),
    );
    return report.map((row) => {
      if (row.verdict === 'NEEDS_DECISION') return { ...row, verdict: 'LEFT_OUT' };
      return made.get(row.number) ?? row;
    });
  }

  /** Each municipality once, however many rows name it. Answers ids by register key and by the identity of the partner. */
  private async recordMunicipalities(
    ready: readonly RowAssessment[],
    act: Pick<Act, 'tx' | 'call'>,
  ): Promise<ReadonlyMap<string, string>> {
    const germans = new Set<string>();
    const partners = new Map<string, NonNullable<RowAssessment['outcome']['partner']>>();
    for (const { outcome, partnerIdentity } of ready) {
      if (outcome.german?.municipalityId === null) germans.add(outcome.german.key);
      if (outcome.partner?.municipalityId === null && partnerIdentity !== null)
        partners.set(partnerIdentity, outcome.partner);
    }
    if (germans.size + partners.size === 0) return new Map();
    const requests = [
      ...[...germans].map((officialKey) => ({ side: 'DE' as const, officialKey, identifiers: [] })),
      ...[...partners.values()].map(({ name, country, kind }) => ({
        side: 'PARTNER' as const,
        names: { official: name, local: null, latin: null },
        country,
        kind,
        identifiers: [],
      })),
    ];
    const views: MunicipalityView[] = [];
    for (let at = 0; at < requests.length; at += AT_ONCE)
      views.push(...(await this.municipalities.recordAll(requests.slice(at, at + AT_ONCE), act)));
    const names = [...germans, ...partners.keys()];
    return new Map(names.flatMap((name, index) => (views[index] ? [[name, views[index].id] as const] : [])));
  }
}

function partnershipRequest({ outcome: { german, partner, partnership } }: RowAssessment) {
  assert(partnership && german?.municipalityId && partner?.municipalityId, 'a ready row lacks a part');
  const { duplicateReason, ...terms } = partnership;
  return {
    ...terms,
    participants: [{ municipalityId: german.municipalityId }, { municipalityId: partner.municipalityId }],
    ...(duplicateReason !== null && { duplicateReason }),
  };
}

/**
 * Checks now what is otherwise checked at the commit, which would take longer than one statement may; and has the triggers planned
 * anew, as they were for the few rows there were when the connection began.
 */
async function checkSoFar(tx: Tx): Promise<void> {
  await tx.query('DISCARD PLANS');
  await tx.query('SET CONSTRAINTS ALL IMMEDIATE');
  await tx.query('SET CONSTRAINTS ALL DEFERRED');
}

function withIds(row: RowAssessment, ids: ReadonlyMap<string, string>): RowAssessment {
  const { german, partner } = row.outcome;
  const idOf = (name: string | null, known: string | null) => known ?? ids.get(name ?? '') ?? null;
  return {
    ...row,
    outcome: {
      ...row.outcome,
      german: german && { ...german, municipalityId: idOf(german.key, german.municipalityId) },
      partner: partner && { ...partner, municipalityId: idOf(row.partnerIdentity, partner.municipalityId) },
    },
  };
}
