import type { JournalEntryKind } from '#contracts/finance';

/** Lets the journal take more kinds of entries, besides those that other migrations brought before. */
export function allowJournalKinds(...kinds: JournalEntryKind[]): string {
  return `
DO $$
DECLARE
  definition text;
BEGIN
  SELECT pg_get_constraintdef(oid) INTO definition FROM pg_constraint
  WHERE conname = 'ck_journal_entry_kind' AND conrelid = 'journal_entry'::regclass;
  definition := substring(definition FROM '^CHECK \\((.*)\\)$');
  ALTER TABLE journal_entry DROP CONSTRAINT ck_journal_entry_kind;
  EXECUTE format(
    'ALTER TABLE journal_entry ADD CONSTRAINT ck_journal_entry_kind CHECK (%s OR kind IN (%s))', definition,
    '${kinds.map((kind) => `''${kind}''`).join(', ')}');
END $$`;
}
