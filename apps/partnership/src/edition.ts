import { readShipped } from '#platform';
import { parseCsv, text } from './csv';

/** The edition of shipped data that came at a day. */
export interface Edition {
  readonly asOf: string;
  readonly name: string;
}

export function editionOf(data: 'register' | 'code-lists' | 'places'): Edition {
  const row = parseCsv(readShipped('apps/partnership/data/editions.csv')).find((it) => text(it, 'of') === data);
  if (!row) throw new Error(`reference data: no edition of ${data}`);
  return { asOf: text(row, 'as_of'), name: text(row, 'name') };
}
