import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import type { Column } from './table';

interface Numbered {
  readonly caseNumber: string;
}

/** What people call a case by, as they say it over the phone; never translated or broken. */
export function CaseNumber({ value }: { readonly value: string }) {
  return (
    <span className="case-number" translate="no">
      {value}
    </span>
  );
}

/** The column of a list that begins each row. */
export function useCaseNumberColumn(): Column<Numbered> {
  const t = useTexts(common);
  return { title: t.caseNumber, cell: ({ caseNumber }) => <CaseNumber value={caseNumber} /> };
}
