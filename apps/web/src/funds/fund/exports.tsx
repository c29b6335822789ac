import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Operation } from '#contracts';
import { exportDatev, exportFundStatement, exportJournalCsv, exportJournalXlsx } from '#contracts/finance';
import { download, type Downloaded } from '../../api/download';
import { dayAfter, numberText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf, DayField, NumberField } from '../../ui/inputs';
import { FormFrame } from '../../ui/operation-form';
import { Section } from '../../ui/page';
import { useOperationForm } from '../../ui/use-operation-form';
import { fundTexts } from './texts';

interface Values {
  readonly from: string;
  readonly to: string;
  readonly consultantNumber?: number;
  readonly clientNumber?: number;
  readonly volume?: number;
}

const FORMATS = {
  pdf: { operation: exportFundStatement as Operation, more: {} },
  xlsx: { operation: exportJournalXlsx as Operation, more: {} },
  csvGerman: { operation: exportJournalCsv as Operation, more: { separator: 'semicolon', bom: 'true' } },
  csv: { operation: exportJournalCsv as Operation, more: {} },
  datev: { operation: exportDatev as Operation, more: {} },
};
type Format = keyof typeof FORMATS;

/** Makes a file of a period and shows how much of it is there; the page can be used meanwhile. */
export function Exports({ fundId, year }: { readonly fundId: string; readonly year: string }) {
  const { statement: t } = useTexts(fundTexts);
  const language = useLanguage();
  const [bytes, setBytes] = useState<number>();
  const [file, setFile] = useState<Downloaded>();
  const [parameters] = useSearchParams();
  const format = formatOf(parameters.get('file'));
  const stop = useRef<AbortController>(undefined);
  const { operation, more } = FORMATS[format];
  const state = useOperationForm(operation, {
    defaults: { from: `${year}-01-01`, to: `${year}-12-31` },
    request: ({ from, to, consultantNumber, clientNumber, volume }: Values) => ({
      fundId,
      from,
      to: isDay(to) ? dayAfter(to) : to,
      ...(format === 'pdf' && { volume }),
      ...(format === 'datev' && { consultantNumber, clientNumber }),
      ...more,
    }),
    carryOut: async (input) => {
      stop.current = new AbortController();
      setFile(undefined);
      setBytes(0);
      try {
        return await download(operation, input, { onProgress: setBytes, signal: stop.current.signal });
      } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') return undefined;
        throw error;
      } finally {
        setBytes(undefined);
      }
    },
    onDone: setFile,
  });
  const size = (of: number) => `${numberText(Math.ceil(of / 1000), language)} kB`;
  return (
    <Section title={t.files}>
      <Filters>
        <ChoiceFilter name="file" label={t.format} otherwise={format} choices={choicesOf(t.formats)} />
      </Filters>
      <FormFrame state={state}>
        <div className="repeated">
          <DayField name="from" label={t.from} />
          <DayField name="to" label={t.last} />
        </div>
        {format === 'pdf' && <NumberField name="volume" label={t.volume} hint={t.volumeHint} isOptional />}
        {format === 'datev' && (
          <div className="repeated">
            <NumberField name="consultantNumber" label={t.consultant} hint={t.numberHint} isOptional />
            <NumberField name="clientNumber" label={t.client} hint={t.numberHint} isOptional />
          </div>
        )}
        <div className="buttons">
          <Button rank="primary" icon="download" type="submit" aria-disabled={state.isSending}>
            {t.download}
          </Button>
          {bytes !== undefined && <Button onClick={() => stop.current?.abort()}>{t.stop}</Button>}
        </div>
        <p className="kern-body" role="status">
          {bytes === undefined ? (file ? t.loaded(file.name, size(file.bytes)) : '') : t.loading(size(bytes))}
        </p>
      </FormFrame>
    </Section>
  );
}

function formatOf(name: string | null): Format {
  return (Object.keys(FORMATS) as Format[]).find((format) => format === name) ?? 'pdf';
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}
