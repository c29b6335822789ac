import { z } from 'zod';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id } from '../values';
import { binaryFile } from './export.operations';

const PDF = 'application/pdf';

export const getClaimLetter = operation({
  subject: 'rpc.finance.claim.letter',
  http: { method: 'GET', path: '/claims/{claimId}/letter', file: PDF },
  summary: 'The letter by which the debtor is asked to pay, as an accessible PDF',
  description:
    'German, PDF/UA-1, dated on the day of the call: what is open of a claim that is due, or deferred in instalments, and of the interest that was demanded; until when, why and by which act; the account to pay into and the reference by which the payment is found. Interest that still runs is named and not in the sum (VwVfG 49a (3)). Refused while nothing is demanded.',
  request: z.strictObject({ claimId: Id }),
  reply: binaryFile(PDF),
  errors: ['FINANCE_CLAIM_NOT_DEMANDED', 'FINANCE_PUBLIC_MONEY_RULE_MISSING'],
  allow: grant('any', 'finance-officer', 'auditor'),
  deadlineMs: 5000,
});
