import { type OutgoingMessage, toMoney } from '#contracts';
import {
  type FundingSourceView,
  type FundingStatus,
  projectRecorded,
  type ProjectSummary,
  type ProjectView,
} from '#contracts/partnership';
import type { Project } from './project.entity';

/** Minor units as text: JSON knows no whole number of that size. */
type Sums = Partial<Record<FundingStatus, string>>;
type SourceRow = Omit<FundingSourceView, 'amount'> & { readonly amountMinor: string };

export interface ProjectRow extends Project {
  readonly sums: Sums;
  readonly sources: readonly SourceRow[];
  readonly formerOwners: ProjectView['formerOwners'];
}
export type ProjectSummaryRow = Omit<ProjectRow, 'sources' | 'formerOwners'>;

const COLUMNS = `pr.id, pr.version, pr.case_number, pr.partnership_id, pr.owner_municipality_id, pr.title, pr.sector, pr.stage,
  pr.stage_since, pr.status, pr.facility, pr.origin_kind, pr.origin_id, pr.currency, pr.capex_minor, pr.opex_per_year_minor,
  pr.cost_accuracy_percent, pr.author, pr.created_at, pr.updated_at,
  (SELECT coalesce(json_object_agg(f.status, f.total), '{}') FROM (
     SELECT status, sum(amount_minor)::text AS total FROM funding_source WHERE project_id = pr.id GROUP BY status) f) AS sums`;

export const projectSummarySelect = `SELECT ${COLUMNS} FROM project pr`;

export const projectSelect = `
  SELECT ${COLUMNS}, pr.summary, pr.status_reason, pr.approvals_needed, pr.approved_by,
    (SELECT coalesce(json_agg(json_build_object('id', f.id, 'kind', f.kind, 'financier', f.financier,
       'amountMinor', f.amount_minor::text, 'status', f.status, 'signedOn', f.signed_on, 'documentSha256', f.document_sha256,
       'note', f.note, 'changedBy', f.changed_by,
       'changedAt', to_char(f.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY f.created_at, f.id), '[]')
     FROM funding_source f WHERE f.project_id = pr.id) AS sources,
    (SELECT coalesce(json_agg(json_build_object('municipalityId', latest.id, 'name', latest.name, 'until', latest.until_on)), '[]')
     FROM (SELECT m.id, m.name, o.until_on FROM project_former_owner o JOIN municipality m ON m.id = o.municipality_id
           WHERE o.project_id = pr.id ORDER BY o.until_on DESC, m.id LIMIT 10) latest) AS former_owners
  FROM project pr`;

export function projectSummary(row: ProjectSummaryRow): ProjectSummary {
  const { currency, capexMinor, opexPerYearMinor, sums } = row;
  const money = (minor: bigint) => toMoney(minor, currency);
  const sum = (status: FundingStatus) => BigInt(sums[status] ?? '0');
  const secured = sum('COMMITTED') + sum('SIGNED');
  return {
    id: row.id,
    version: row.version,
    caseNumber: row.caseNumber,
    partnershipId: row.partnershipId,
    ownerMunicipalityId: row.ownerMunicipalityId,
    title: row.title,
    sector: row.sector,
    stage: row.stage,
    stageSince: row.stageSince,
    status: row.status,
    facility: row.facility,
    origin: { kind: row.originKind, id: row.originId },
    currency,
    capex: capexMinor === null ? null : money(capexMinor),
    opexPerYear: opexPerYearMinor === null ? null : money(opexPerYearMinor),
    costAccuracyPercent: row.costAccuracyPercent,
    funding: {
      identified: money(sum('IDENTIFIED')),
      inTalks: money(sum('IN_TALKS')),
      committed: money(sum('COMMITTED')),
      signed: money(sum('SIGNED')),
      gap: capexMinor === null ? null : money(capexMinor > secured ? capexMinor - secured : 0n),
    },
    author: row.author,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

export function projectView(row: ProjectRow): ProjectView {
  const { summary, statusReason, approvalsNeeded, approvedBy, currency } = row;
  return {
    ...projectSummary(row),
    formerOwners: row.formerOwners,
    summary,
    statusReason,
    approvals: approvalsNeeded === null ? null : { given: approvedBy.length, needed: approvalsNeeded },
    fundingSources: row.sources.map(({ amountMinor, ...source }) => ({
      ...source,
      amount: toMoney(BigInt(amountMinor), currency),
    })),
  };
}

export function projectRecordedMessage(view: ProjectView): OutgoingMessage {
  const { id, version, partnershipId, ownerMunicipalityId, sector, stage, stageSince, status, capex, funding } = view;
  const { committed, signed } = funding;
  return projectRecorded.of({
    aggregateId: id,
    aggregateVersion: version,
    data: {
      projectId: id,
      partnershipId,
      ownerMunicipalityId,
      sector,
      stage,
      stageSince,
      status,
      capex,
      committed,
      signed,
    },
  });
}
