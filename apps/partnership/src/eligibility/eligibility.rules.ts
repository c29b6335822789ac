import { boundedText } from '#contracts';
import {
  AGREEMENTS_SHOWN,
  type DacGroup,
  type MunicipalityKind,
  type PartnershipKind,
  type PartnershipStatus,
  type RuleOutcome,
  type Side,
  type Verdict,
} from '#contracts/partnership';
import { type AgreementFacts, isInForce, needsAgreement } from '../partnerships/agreement-term';
import type { EligibilityRule, Phase } from './rule-set';

/** A country on the lists of the day. */
interface CountryFacts {
  readonly country: string;
  /** Group in the DAC list on the day; null when not on it. */
  readonly dacGroup: DacGroup | null;
  readonly isGermanCooperationPartner: boolean;
}

export interface ParticipantFacts extends CountryFacts {
  readonly municipalityId: string;
  readonly side: Side;
  readonly kind: MunicipalityKind;
  /** Partnerships this municipality takes part in, this one included. */
  readonly partnershipCount: number;
}

/** A municipality where the expert is to work or to be employed. */
export interface WorkplaceFacts {
  readonly municipalityId: string;
  /** Null unless it takes part on the partner side of one of the partnerships that ask together. */
  readonly participant: CountryFacts | null;
}

/** What is known about a partnership on a day. */
export interface EligibilityFacts {
  readonly on: string;
  readonly kind: PartnershipKind;
  /** Null before its first recorded day. */
  readonly status: PartnershipStatus | null;
  readonly statusSince: string | null;
  readonly period: { readonly from: string; readonly to: string | null } | null;
  readonly agreements: readonly AgreementFacts[];
  readonly participants: readonly ParticipantFacts[];
  /** Null when nobody has named one. */
  readonly placeOfWork: WorkplaceFacts | null;
  readonly employer: WorkplaceFacts | null;
  /** Source of the country list in force on the day; null when none is known. */
  readonly dacListSource: string | null;
  readonly germanCooperationListSource: string | null;
}

export interface EligibilityOutcome {
  readonly isEligible: boolean;
  readonly rules: RuleOutcome[];
}

/**
 * Checks every rule of a phase on the facts of a day and says for each what it saw. Eligible is who meets all that apply; what
 * cannot be determined is not met. Source: docs/domain.md#eligibility.
 */
export function evaluate({ rules }: Pick<Phase, 'rules'>, facts: EligibilityFacts): EligibilityOutcome {
  const outcomes = rules.map((rule) => ({ rule: rule.rule, source: rule.source, ...check(rule, facts) }));
  const isEligible = outcomes.every(({ verdict }) => verdict === 'MET' || verdict === 'NOT_APPLICABLE');
  return { isEligible, rules: outcomes };
}

type Finding = Pick<RuleOutcome, 'verdict' | 'input'>;

function check(rule: EligibilityRule, facts: EligibilityFacts): Finding {
  switch (rule.rule) {
    case 'active-link':
      return activeLink(rule.statuses, facts);
    case 'agreement-in-force':
      return agreementInForce(rule.isApplied, facts);
    case 'german-side':
      return germanSide(rule, facts.participants);
    case 'partner-country-dac':
      return rule.isApplied ? dacList(facts) : { ...dacList(facts), verdict: 'NOT_APPLICABLE' };
    case 'partner-country-german-cooperation':
      return germanCooperation(rule.isApplied, facts);
    case 'place-of-work':
      return workplace(rule, facts.placeOfWork, facts);
    case 'employer':
      return workplace(rule, facts.employer, facts);
  }
}

function activeLink(
  accepted: readonly PartnershipStatus[],
  { on, status, statusSince, period }: EligibilityFacts,
): Finding {
  const isInPeriod = period === null || (period.from <= on && (period.to === null || on < period.to));
  const isLinked = status !== null && accepted.includes(status) && isInPeriod;
  return {
    verdict: isLinked ? 'MET' : 'NOT_MET',
    input: {
      status,
      statusSince,
      periodFrom: period?.from ?? null,
      periodTo: period?.to ?? null,
      acceptedStatuses: [...accepted],
    },
  };
}

function agreementInForce(isApplied: boolean, { on, kind, agreements }: EligibilityFacts): Finding {
  const isMet = agreements.some((agreement) => isInForce(agreement, on));
  const shown = agreements.slice(-AGREEMENTS_SHOWN);
  return {
    verdict: !isApplied || !needsAgreement(kind) ? 'NOT_APPLICABLE' : isMet ? 'MET' : 'NOT_MET',
    input: {
      isApplied,
      kind,
      agreements: shown.map((it) => `${it.kind} from ${it.validFrom} ${it.validTo ? `until ${it.validTo}` : 'on'}`),
    },
  };
}

type GermanSideRule = Extract<EligibilityRule, { rule: 'german-side' }>;

function germanSide(rule: GermanSideRule, participants: readonly ParticipantFacts[]): Finding {
  const german = participants.filter(({ side }) => side === 'DE');
  const hasPartnerAssociation = participants.some(({ side, kind }) => side === 'PARTNER' && kind === 'ASSOCIATION');
  const accepted = german.filter(
    ({ kind, partnershipCount }) =>
      rule.kinds.includes(kind) ||
      (rule.acceptsAssociations && kind === 'ASSOCIATION' && (hasPartnerAssociation || partnershipCount > 1)),
  );
  return {
    verdict: accepted.length > 0 ? 'MET' : 'NOT_MET',
    input: {
      germanParticipants: german.map(({ municipalityId, kind }) => `${municipalityId} ${kind}`),
      acceptedMunicipalities: accepted.map(({ municipalityId }) => municipalityId),
      acceptedKinds: rule.kinds,
      acceptsAssociations: rule.acceptsAssociations,
    },
  };
}

function dacList({ participants, dacListSource }: EligibilityFacts): Finding {
  const otherwise = dacListSource === null ? 'list unknown' : 'not listed';
  const partners = participants.filter(({ side }) => side === 'PARTNER');
  return {
    verdict: listVerdict(
      dacListSource,
      partners.some(({ dacGroup }) => dacGroup !== null),
    ),
    input: {
      partnerCountries: partners.map(({ country, dacGroup }) => `${country} ${dacGroup ?? otherwise}`),
      list: dacListSource,
    },
  };
}

function germanCooperation(
  isApplied: boolean,
  { participants, germanCooperationListSource }: EligibilityFacts,
): Finding {
  const otherwise = germanCooperationListSource === null ? 'list unknown' : 'not listed';
  const partners = participants.filter(({ side }) => side === 'PARTNER');
  const verdict = listVerdict(
    germanCooperationListSource,
    partners.some((partner) => partner.isGermanCooperationPartner),
  );
  return {
    verdict: isApplied ? verdict : 'NOT_APPLICABLE',
    input: {
      isApplied,
      partnerCountries: partners.map((it) => `${it.country} ${it.isGermanCooperationPartner ? 'listed' : otherwise}`),
      list: germanCooperationListSource,
    },
  };
}

type WorkplaceRule = Extract<EligibilityRule, { rule: 'place-of-work' | 'employer' }>;

/** The municipality itself counts: that another partner's country is listed makes this one no recipient. */
function workplace(
  { isApplied, lists }: WorkplaceRule,
  asked: WorkplaceFacts | null,
  facts: EligibilityFacts,
): Finding {
  if (asked === null) return { verdict: 'NOT_APPLICABLE', input: { isApplied, municipality: null } };
  const { municipalityId, participant } = asked;
  const { dacListSource, germanCooperationListSource } = facts;
  const found = [
    ...(lists.dac ? [listVerdict(dacListSource, (participant?.dacGroup ?? null) !== null)] : []),
    ...(lists.germanCooperation
      ? [listVerdict(germanCooperationListSource, participant?.isGermanCooperationPartner === true)]
      : []),
  ];
  const listed = found.find((verdict) => verdict === 'NOT_MET') ?? found.find((verdict) => verdict !== 'MET') ?? 'MET';
  const isListed = { MET: 'listed', NOT_MET: 'not listed', UNDETERMINED: 'list unknown' }[listed];
  return {
    verdict: !isApplied ? 'NOT_APPLICABLE' : participant === null ? 'NOT_MET' : listed,
    input: {
      isApplied,
      municipality: `${municipalityId} ${participant === null ? 'takes no part on the partner side' : `${participant.country} ${isListed}`}`,
      lists: [dacListSource, germanCooperationListSource].flatMap((list, index) =>
        list !== null && (index === 0 ? lists.dac : lists.germanCooperation) ? [boundedText(list, 100)] : [],
      ),
    },
  };
}

function listVerdict(listSource: string | null, isListed: boolean): Exclude<Verdict, 'NOT_APPLICABLE'> {
  if (listSource === null) return 'UNDETERMINED';
  return isListed ? 'MET' : 'NOT_MET';
}
