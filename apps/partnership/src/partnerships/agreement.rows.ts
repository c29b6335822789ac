import { AppError } from '#contracts';
import type { AgreementView } from '#contracts/partnership';
import type { Queries, Tx } from '#database';
import { type AgreementRow, agreementSelect, agreementView } from './agreement.messages';

interface Named {
  readonly partnershipId: string;
  readonly agreementId: string;
}

/** PLATFORM_RESOURCE_NOT_FOUND where the partnership has none of this id. */
export async function agreementOf(source: Queries, { partnershipId, agreementId }: Named): Promise<AgreementView> {
  const [agreement] = await source.query<AgreementRow>(`${agreementSelect} WHERE a.id = $1 AND a.partnership_id = $2`, [
    agreementId,
    partnershipId,
  ]);
  if (!agreement) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
  return agreementView(agreement);
}

/** The same document twice would be counted twice; PARTNERSHIP_AGREEMENT_EXISTS names the one that has it. */
export async function refuseKnown(tx: Tx, partnershipId: string, sha256: string): Promise<void> {
  const [known] = await tx.query<{ id: string }>(
    `SELECT agreement.id FROM (${agreementSelect} WHERE a.partnership_id = $1) agreement WHERE agreement.document_sha256 = $2`,
    [partnershipId, sha256],
  );
  if (known) throw new AppError('PARTNERSHIP_AGREEMENT_EXISTS', { agreementId: known.id });
}
