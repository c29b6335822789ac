import { createPartnershipImport } from '#contracts/partnership';
import { caller, type TestFleet } from '#testing';
import { long } from './longest-text';

/** More than one answer holds, within the size of one request. */
const ROWS = 200;
const HEADER = ['AGS', 'Kommune', 'Partnerkommune', 'Land', 'Art'];

/** A table whose cells are long and that nobody understands; answers the id of its import. */
export async function longImport(fleet: TestFleet): Promise<string> {
  const rows = Array.from({ length: ROWS }, (_, row) => HEADER.map((_column, cell) => long(200, `${row}-${cell}`)));
  const defaults = {
    languages: ['en'],
    fieldsOfAction: [{ key: 'health' as const, percent: 100 }],
    partnerKind: 'CITY' as const,
  };
  const { id } = await fleet.rpc(
    createPartnershipImport,
    { fileName: long(200), header: HEADER, rows, defaults },
    caller('programme-officer', { subject: 'olga' }),
  );
  return id;
}
