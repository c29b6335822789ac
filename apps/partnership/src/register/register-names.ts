import { type CsvRow, text } from '../csv';
import type { RegisterChange } from './register-changes';
import type { RegisterRow } from './register-row';
import { shortNameOf, writtenName } from './written-name';

type NameKind = 'OFFICIAL' | 'SHORT' | 'OTHER_LANGUAGE';

interface NameRow {
  readonly entry_key: string;
  readonly written: string;
  readonly kind: NameKind;
}

/** Every name that an entry is found by; a place that got another key keeps its names in other languages. */
export function registerNames(
  entries: readonly RegisterRow[],
  others: readonly CsvRow[],
  changes: readonly RegisterChange[],
): NameRow[] {
  const successors = new Map(changes.map(({ old_key, new_key }) => [old_key, new_key]));
  const rows: NameRow[] = entries.flatMap((entry) => {
    const [name = entry.name] = entry.name.split(',');
    return [
      { entry_key: entry.key, written: writtenName(name), kind: 'OFFICIAL' as const },
      { entry_key: entry.key, written: shortNameOf(name), kind: 'SHORT' as const },
    ];
  });
  for (const row of others) {
    const key = text(row, 'key');
    const written = writtenName(text(row, 'name'));
    for (const entry_key of [key, successors.get(key)]) {
      if (entry_key !== undefined) rows.push({ entry_key, written, kind: 'OTHER_LANGUAGE' });
    }
  }
  const first = new Map<string, NameRow>();
  for (const row of rows) {
    const id = `${row.entry_key} ${row.written}`;
    if (!first.has(id)) first.set(id, row);
  }
  return [...first.values()];
}
