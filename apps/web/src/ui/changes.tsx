import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Table } from './table';

interface ChangesProps {
  readonly before: Readonly<Record<string, string>>;
  readonly now: Readonly<Record<string, string>>;
}

/** What somebody else changed meanwhile, label by label: as it was on screen, and as it is. */
export function Changes({ before, now }: ChangesProps) {
  const t = useTexts(common);
  const labels = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (label) => before[label] !== now[label],
  );
  if (labels.length === 0) return <p className="kern-body">{t.conflict.elsewhere}</p>;
  return (
    <Table
      caption={t.conflict.title}
      keyOf={(label) => label}
      rows={labels}
      columns={[
        { title: t.conflict.what, cell: (label) => label, isHeading: true },
        { title: t.conflict.before, cell: (label) => before[label] ?? '–' },
        { title: t.conflict.now, cell: (label) => now[label] ?? '–' },
      ]}
    />
  );
}
