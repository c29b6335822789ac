import { Link } from 'react-router';
import type { ExpertRequestView } from '#contracts/staffing';
import { useMunicipalityNames, usePartnershipNames } from '../api/names';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { demandTexts } from './texts';

const SIDES = ['DE', 'PARTNER'] as const;

/** Who has signed, and who is still to: each side of each partnership once. */
export function Signatures({ request: { signatures, partnershipIds } }: { readonly request: ExpertRequestView }) {
  const { page } = useTexts(demandTexts);
  const nameOf = usePartnershipNames(partnershipIds);
  const townName = useMunicipalityNames(signatures.map(({ municipalityId }) => municipalityId));
  const rows = partnershipIds.flatMap((partnershipId) =>
    SIDES.map((side) => ({
      partnershipId,
      side,
      signature: signatures.find((each) => each.partnershipId === partnershipId && each.side === side),
    })),
  );
  return (
    <Section title={page.signatures}>
      <Table
        caption={page.signatures}
        rows={rows}
        keyOf={({ partnershipId, side }) => partnershipId + side}
        columns={[
          {
            title: page.partnership,
            isHeading: true,
            cell: ({ partnershipId }) => (
              <Link className="kern-link" to={`/partnerships/${partnershipId}`}>
                {nameOf(partnershipId)}
              </Link>
            ),
          },
          {
            title: page.signatures,
            cell: ({ side, signature }) => (
              <>
                {page.sides[side]}:{' '}
                {signature ? (
                  <>
                    {townName(signature.municipalityId)}, <Instant value={signature.signedAt} />
                  </>
                ) : (
                  <StatusTag tone="warning">{page.notSigned}</StatusTag>
                )}
              </>
            ),
          },
        ]}
      />
    </Section>
  );
}
