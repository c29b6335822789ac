import type { PartnershipImportView } from '#contracts/partnership';
import type { PartnershipImport } from './partnership-import.entity';

export function importView(row: PartnershipImport): PartnershipImportView {
  const { id, version, fileName, header, columns, defaults, status, rows, counts, reportHash, repeats, openedBy } = row;
  return {
    id,
    version,
    fileName,
    header,
    columns,
    defaults,
    status,
    rows,
    counts,
    reportHash,
    repeats,
    openedBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
  };
}
