import { z } from 'zod';
import { actionsOf } from './action.operations';
import { operation } from './operation';
import { EVERY_PERSON, grant, STAFF } from './roles';
import type { ServiceName } from './service-name';
import { Code, csv, Day, Id, Instant, Line, pageOf, pageQuery, Subject, Text, Version, Written } from './values';

/** How sure a row of a rule is; what came with the product and is not FOUND is to be confirmed by the programme before use. */
export const RuleMark = z.enum(['FOUND', 'GENERAL_KNOWLEDGE', 'PROPOSAL', 'CONFIRMED']).meta({
  id: 'RuleMark',
  description:
    'FOUND: read in a published source. GENERAL_KNOWLEDGE, PROPOSAL: came with the product, to be confirmed by the programme before use. CONFIRMED: proposed and confirmed by two persons of this fund.',
});
export type RuleMark = z.infer<typeof RuleMark>;

/** First day on which a row no longer holds. */
export const RuleEnd = Day.nullable().meta({ description: 'First day on which it no longer holds; null: open' });

const RuleName = Code(60, /^[A-Za-z][\w-]*$/, 'a name of letters, digits, "-" and "_"');
const VALUE_MAX = 400;
const SOURCE_MAX = 700;

const row = {
  ruleSet: Written(60),
  key: Written(60),
  value: Written(VALUE_MAX).meta({ description: 'Read it with the unit; a list is separated by blanks' }),
  unit: Written(40),
  validFrom: Day,
  validTo: RuleEnd,
  source: Written(SOURCE_MAX),
};

export const RuleView = z
  .strictObject({
    ...row,
    name: Written(200).meta({ description: 'How plans, deadlines and evidence name the row they were made from' }),
    mark: RuleMark,
  })
  .meta({ id: 'RuleView', description: 'A dated row of a rule: what holds for a key of a rule set, and from when.' });
export type RuleView = z.infer<typeof RuleView>;

export const RuleProposalStatus = z
  .enum(['PROPOSED', 'CONFIRMED', 'REJECTED'])
  .meta({ id: 'RuleProposalStatus', description: 'Only what is CONFIRMED is in force, from its first day on.' });
export type RuleProposalStatus = z.infer<typeof RuleProposalStatus>;

export const RuleProposalView = z
  .strictObject({
    id: Id,
    version: Version,
    status: RuleProposalStatus,
    ...row,
    proposedBy: Subject,
    proposedAt: Instant,
    decision: z.strictObject({ by: Subject, at: Instant, reason: Written(1000) }).nullable(),
  })
  .meta({ id: 'RuleProposalView', description: 'A row that one person proposed and another one decides on.' });
export type RuleProposalView = z.infer<typeof RuleProposalView>;

const MAY_PROPOSE = grant('any', 'programme-officer', 'finance-officer');
/** A budget officer answers for the budget (BHO 9) and proposes nothing. */
const MAY_DECIDE = grant('any', 'programme-officer', 'finance-officer', 'budget-officer');

/**
 * The operations by which a service shows its dated rules and takes new rows, by one person and another. libs/rules has the handlers,
 * the same for every service that owns rule sets.
 */
export function ruleOperations(service: ServiceName) {
  return { ...readings(service), ...changes(service) };
}

const proposalsOf = (service: ServiceName) => `/rules/${service}/proposals` as const;

function readings(service: ServiceName) {
  const proposals = proposalsOf(service);
  const proposal = `${proposals}/{proposalId}` as const;
  return {
    list: operation({
      subject: `rpc.${service}.rule.list`,
      http: { method: 'GET', path: `/rules/${service}` },
      summary: `The dated rules that the service ${service} works by, with validity and source`,
      description: 'All rows of all days, or with `on` those in force on a day.',
      request: z.strictObject({
        ruleSet: csv(RuleName).optional(),
        key: csv(RuleName).optional(),
        on: Day.optional(),
        ...pageQuery,
      }),
      reply: pageOf(RuleView),
      allow: EVERY_PERSON,
    }),
    get: operation({
      subject: `rpc.${service}.rule-proposal.get`,
      http: { method: 'GET', path: proposal },
      summary: 'Read a proposed row of a rule, and who decided on it',
      request: z.strictObject({ proposalId: Id }),
      reply: RuleProposalView,
      allow: grant('any', ...STAFF),
    }),
    listProposals: operation({
      subject: `rpc.${service}.rule-proposal.list`,
      http: { method: 'GET', path: proposals },
      summary: 'Proposed rows of rules, newest first; `status=PROPOSED` is what waits for the second person',
      request: z.strictObject({ status: csv(RuleProposalStatus).optional(), ...pageQuery }),
      reply: pageOf(RuleProposalView),
      allow: grant('any', ...STAFF),
    }),
    actions: actionsOf(`rpc.${service}.rule-proposal`, proposal, grant('any', ...STAFF)),
  };
}

function changes(service: ServiceName) {
  const proposals = proposalsOf(service);
  const proposal = `${proposals}/{proposalId}` as const;
  const decision = {
    request: z.strictObject({ proposalId: Id, reason: Text(1000) }),
    reply: RuleProposalView,
    idempotency: 'required',
    precondition: 'required',
  } as const;
  return {
    propose: operation({
      subject: `rpc.${service}.rule-proposal.propose`,
      http: { method: 'POST', path: proposals, success: 201, location: `${proposals}/{id}` },
      summary: `Propose a dated row of a rule that the service ${service} works by`,
      description:
        'Changes nothing until another person confirms it. Set, key, unit and the form of the value are those of the rules that are there; a row with `validTo` holds for that time, and what held before holds again after it.',
      request: z
        .strictObject({
          ruleSet: RuleName,
          key: RuleName,
          value: Line(VALUE_MAX),
          unit: RuleName,
          validFrom: Day,
          validTo: Day.optional(),
          source: Line(SOURCE_MAX).meta({ description: 'The instruction, law or publication that says so' }),
        })
        .refine(({ validFrom, validTo }) => validTo === undefined || validFrom < validTo, {
          path: ['validTo'],
          message: 'must be after validFrom',
        }),
      reply: RuleProposalView,
      errors: ['PLATFORM_RULE_NOT_KNOWN', 'PLATFORM_RULE_VALUE_NOT_ALLOWED'],
      allow: MAY_PROPOSE,
      idempotency: 'required',
    }),
    confirm: operation({
      subject: `rpc.${service}.rule-proposal.confirm`,
      http: { method: 'POST', path: `${proposal}/confirmations` },
      summary: 'Confirm a proposed row: it is in force from its first day on',
      description:
        'By another person than the one who proposed it. For its days the row takes the place of what held then. What was decided by the former row stays as it is.',
      ...decision,
      errors: [
        'PLATFORM_RULE_PROPOSAL_DECIDED',
        'PLATFORM_RULE_FOUR_EYES',
        'PLATFORM_RULE_NOT_KNOWN',
        'PLATFORM_RULE_VALUE_NOT_ALLOWED',
        'PLATFORM_RULE_ROWS_EXHAUSTED',
      ],
      allow: MAY_DECIDE,
    }),
    reject: operation({
      subject: `rpc.${service}.rule-proposal.reject`,
      http: { method: 'POST', path: `${proposal}/rejections` },
      summary: 'Reject or withdraw a proposed row',
      ...decision,
      errors: ['PLATFORM_RULE_PROPOSAL_DECIDED'],
      allow: MAY_DECIDE,
    }),
  };
}
