import type { PartnershipKind } from '#contracts/partnership';

/** An agreement as far as it is asked whether it holds. */
export interface AgreementFacts {
  readonly kind: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** A contact has no formal basis. Source: docs/domain.md#partnerships. */
export function needsAgreement(kind: PartnershipKind): boolean {
  return kind !== 'CONTACT';
}

/** A council's resolution is the will to agree; it is not the agreement. */
export function isInForce({ kind, validFrom, validTo }: AgreementFacts, on: string): boolean {
  return kind !== 'COUNCIL_RESOLUTION' && validFrom <= on && (validTo === null || on < validTo);
}
