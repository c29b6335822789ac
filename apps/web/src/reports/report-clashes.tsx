import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import { REPORT_SECTIONS, type ReportView } from '#contracts/staffing';
import { useTexts } from '../i18n/texts';
import { Clashes } from '../ui/clashes';
import { type ReportValues, valuesOfReport } from './report-values';
import { reportTexts } from './texts';

type Section = (typeof REPORT_SECTIONS)[number];

/** The report was handed in or changed elsewhere meanwhile: each part in which both differ. */
export function ReportClashes({ report }: { readonly report: ReportView }) {
  const { sections } = useTexts(reportTexts);
  const { getValues, setValue } = useFormContext<ReportValues>();
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set());
  const theirs = valuesOfReport(report).text;
  const clashes = REPORT_SECTIONS.flatMap((name) => {
    const mine = getValues(`text.${name}`) ?? '';
    const isClash = theirs[name] && mine !== theirs[name] && !decided.has(name);
    return isClash ? [{ name, mine, theirs: theirs[name] }] : [];
  });
  if (clashes.length === 0) return null;
  return (
    <Clashes
      clashes={clashes}
      labels={Object.fromEntries(REPORT_SECTIONS.map((name) => [name, sections[name].title]))}
      decide={(name, whose) => {
        if (whose === 'theirs') setValue(`text.${name as Section}`, theirs[name as Section] ?? '');
        setDecided(new Set([...decided, name]));
      }}
    />
  );
}
