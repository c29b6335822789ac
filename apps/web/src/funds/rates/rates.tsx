import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { listExchangeRates, recordExchangeRate } from '#contracts/finance';
import type { ReplyOf } from '#contracts';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act, type Act } from '../../ui/act';
import { ActButton } from '../../ui/act-button';
import { ActDialog } from '../../ui/act-dialog';
import { LinkButton } from '../../ui/button';
import { Filters, SearchFilter } from '../../ui/filters';
import { List } from '../../ui/list';
import { useTell } from '../../ui/notices';
import { Page, Section } from '../../ui/page';
import { StatusTag } from '../../ui/status-tag';
import type { Column } from '../../ui/table';
import { Day, Decimal } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { BaseRates } from './base-rates';
import { OutdatedRates } from './outdated-rates';
import { Refixings } from './refixings';
import { rateTexts } from './texts';
import { WaitingRates } from './waiting-rates';

type Rate = ReplyOf<typeof listExchangeRates>['items'][number];

/** Exchange rates with source and day, and the base rates that interest is computed from. */
export function RatesPage() {
  const t = useTexts(rateTexts);
  const { roles } = useSession();
  const fields = useRateFields();
  const onReply = useWordOnWaiting();
  return (
    <Page
      title={t.title}
      lead={t.lead}
      acts={
        mayCall(recordExchangeRate, roles) && (
          <div className="buttons">
            <ActButton
              isPrimary
              act={act({
                operation: recordExchangeRate,
                ...t.record,
                fixed: { id: undefined, correctsId: undefined },
                fields,
                onReply,
              })}
            />
            <LinkButton to="/funds/rates/import">{t.import.label}</LinkButton>
          </div>
        )
      }
    >
      <AreaTabs />
      <WaitingRates />
      <OutdatedRates />
      <Refixings />
      <Section title={t.exchange}>
        <ExchangeRates />
      </Section>
      <BaseRates />
    </Page>
  );
}

/** A rate that differs much is recorded, but not in force yet. */
function useWordOnWaiting() {
  const { waiting: t } = useTexts(rateTexts);
  const tell = useTell();
  return ({ isWaiting }: ReplyOf<typeof recordExchangeRate>) => {
    if (isWaiting) tell(t.told);
  };
}

function useRateFields() {
  const t = useTexts(rateTexts);
  const upper = (value: unknown) => (typeof value === 'string' ? value.toUpperCase() : value);
  return {
    currency: { label: t.currency, hint: t.currencyHint, sent: upper },
    rateOn: { label: t.rateOn },
    rate: { label: t.rate, hint: t.rateHint },
    source: { label: t.source },
  };
}

function ExchangeRates() {
  const t = useTexts(rateTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const [correction, setCorrection] = useState<Act>();
  const fields = useRateFields();
  const onReply = useWordOnWaiting();
  const { currency, ...rest } = fields;
  const wanted = parameters.get('q')?.toUpperCase() ?? '';
  const query = useQuery(
    read(listExchangeRates, {
      ...(/^[A-Z]{3}$/.test(wanted) && { currency: wanted }),
      cursor: parameters.get('cursor') ?? undefined,
    }),
  );
  const correct = (rate: Rate): Act =>
    act({
      operation: recordExchangeRate,
      ...t.correct,
      fixed: { id: undefined, currency: rate.currency, rateOn: rate.rateOn, correctsId: rate.id },
      fields: { rate: rest.rate, source: { ...rest.source, initial: rate.source } },
      onReply,
    });
  const nameOf = (rate: Rate) => `${rate.currency}, ${dayText(rate.rateOn, language)}`;
  const correctColumn: Column<Rate>[] = mayCall(recordExchangeRate, roles)
    ? [
        {
          title: t.columns.correct,
          cell: (rate) =>
            rate.correctedById !== null ? (
              <StatusTag tone="neutral">{t.corrected}</StatusTag>
            ) : (
              <button
                type="button"
                className="kern-link link-button"
                aria-label={t.correctOf(nameOf(rate))}
                onClick={() => setCorrection(correct(rate))}
              >
                {t.correct.label}
              </button>
            ),
        },
      ]
    : [];
  return (
    <>
      <Filters>
        <SearchFilter label={`${currency.label} (${currency.hint})`} />
      </Filters>
      <List
        query={query}
        caption={t.exchange}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          { title: t.columns.currency, isHeading: true, cell: (rate) => rate.currency },
          { title: t.columns.on, cell: ({ rateOn }) => <Day value={rateOn} /> },
          { title: t.columns.rate, isNumeric: true, cell: ({ rate }) => <Decimal value={rate} /> },
          {
            title: t.columns.source,
            cell: ({ source, correctsId }) => (
              <>
                {source}
                {correctsId !== null && <small className="below">{t.corrects}</small>}
              </>
            ),
          },
          ...correctColumn,
        ]}
      />
      {correction && (
        <ActDialog act={correction} version={undefined} seen={{}} onClose={() => setCorrection(undefined)} />
      )}
    </>
  );
}
