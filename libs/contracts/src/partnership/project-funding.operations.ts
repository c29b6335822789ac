import { z } from 'zod';
import { PositiveMoney } from '../money';
import { operation } from '../operation';
import { Day, Id, Line, Sha256, Text } from '../values';
import { FundingKind, FundingStatus, PREPARE_PROJECTS, PROJECT_ACT } from './project.operations';

const errors = [
  'PARTNERSHIP_PROJECT_STATE_INVALID',
  'PARTNERSHIP_PROJECT_CURRENCY_DIFFERS',
  'PARTNERSHIP_PROJECT_FUNDING_UNPROVEN',
] as const;

const certainty = {
  status: FundingStatus,
  signedOn: Day.optional().meta({ description: 'For SIGNED: not in the future' }),
  documentSha256: Sha256.optional().meta({ description: 'For SIGNED: SHA-256 of the agreement' }),
  note: Text(1000).optional(),
};

export const addFundingSource = operation({
  subject: 'rpc.partnership.funding-source.add',
  http: { method: 'POST', path: '/projects/{projectId}/funding-sources' },
  summary: 'Add a source from which a project may be financed',
  description: 'In the currency of the project. SIGNED needs the day and the hash of the agreement.',
  request: z.strictObject({
    projectId: Id,
    kind: FundingKind,
    financier: Line(200),
    amount: PositiveMoney,
    ...certainty,
    status: FundingStatus.default('IDENTIFIED'),
  }),
  errors: [...errors, 'PARTNERSHIP_PROJECT_FUNDING_FULL'],
  allow: PREPARE_PROJECTS,
  ...PROJECT_ACT,
});

export const changeFundingSource = operation({
  subject: 'rpc.partnership.funding-source.change',
  http: { method: 'POST', path: '/projects/{projectId}/funding-sources/{sourceId}/changes' },
  summary: 'Record how certain a source of funding is now, or another amount',
  description: 'What fell back from COMMITTED or SIGNED, or was lost, says why.',
  request: z.strictObject({ sourceId: Id, amount: PositiveMoney.optional(), ...certainty, projectId: Id }),
  errors: [...errors, 'PARTNERSHIP_PROJECT_FUNDING_UNEXPLAINED'],
  allow: PREPARE_PROJECTS,
  ...PROJECT_ACT,
});
