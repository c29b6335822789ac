import { useWatch } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import {
  type Category,
  correctFigure,
  DISAGGREGATIONS,
  type FigureKind,
  type FigurePart,
  type IndicatorView,
  recordFigure,
  type ResultPeriodView,
  type ResultView,
} from '#contracts/partnership';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { FieldGroup } from '../ui/field';
import { choicesOf, RadioField, SelectField, TextArea, TextField } from '../ui/inputs';
import { useOperationForm } from '../ui/use-operation-form';
import { usePeriodText } from './period-text';
import { OfResult, ResultForm, useBackTo } from './result-form';
import { resultTexts } from './texts';
import { QuantityField, ValueFields, type ValueInputs, valueOf } from './value-fields';
import { useUnit } from './value-text';

interface Values {
  readonly indicatorId: string;
  readonly periodId: string;
  readonly kind: FigureKind;
  readonly value?: ValueInputs;
  readonly parts?: Partial<Record<Category, ValueInputs>>;
  readonly source: string;
  readonly comment: string;
  readonly reason: string;
}

export function RecordFigurePage() {
  return <OfResult>{(result) => <Record result={result} />}</OfResult>;
}

export function CorrectFigurePage() {
  return <OfResult>{(result) => <Correct result={result} />}</OfResult>;
}

function Record({ result }: { readonly result: ResultView }) {
  const { acts, figure: t } = useTexts(resultTexts);
  const state = useOperationForm(recordFigure, {
    defaults: useDefaults(result, (period) => period.lockedAt === null),
    request: (values: Values) => figureOf(result, values),
    version: result.version,
    onDone: useBackTo(result, t.done),
  });
  return (
    <ResultForm result={result} title={acts.figure} lead={t.lead} submit={acts.figure} state={state}>
      <Fields result={result} periods={result.periods.filter(({ lockedAt }) => lockedAt === null)} />
    </ResultForm>
  );
}

function Correct({ result }: { readonly result: ResultView }) {
  const { acts, figure: t } = useTexts(resultTexts);
  const state = useOperationForm(correctFigure, {
    defaults: useDefaults(result, (period) => period.lockedAt !== null),
    request: (values: Values) => ({ ...figureOf(result, values), reason: values.reason }),
    version: result.version,
    onDone: useBackTo(result, t.corrected),
  });
  return (
    <ResultForm result={result} title={acts.correct} lead={t.correctLead} submit={acts.correct} state={state}>
      <Fields result={result} periods={result.periods.filter(({ lockedAt }) => lockedAt !== null)} />
      <TextArea name="reason" label={t.reason} rows={3} />
    </ResultForm>
  );
}

/** Where there is only one, it is meant. */
function useDefaults(result: ResultView, isMeant: (period: ResultPeriodView) => boolean): Values {
  const [parameters] = useSearchParams();
  const periods = result.periods.filter(isMeant);
  const only = <T extends { readonly id: string }>(items: readonly T[]) =>
    items.length === 1 ? items[0]?.id : undefined;
  return {
    indicatorId: parameters.get('indicator') ?? only(result.indicators) ?? '',
    periodId: only(periods) ?? '',
    kind: 'ACTUAL',
    source: '',
    comment: '',
    reason: '',
  };
}

function Fields({ result, periods }: { readonly result: ResultView; readonly periods: readonly ResultPeriodView[] }) {
  const { figure: t, figures } = useTexts(resultTexts);
  const language = useLanguage();
  const unitOf = useUnit();
  const periodText = usePeriodText();
  const [indicatorId, kind] = useWatch({ name: ['indicatorId', 'kind'] }) as [string, FigureKind];
  const indicator = result.indicators.find(({ id }) => id === indicatorId);
  return (
    <>
      {(periods.length === 0 || result.indicators.length === 0) && <p className="kern-body">{t.noPeriods}</p>}
      <SelectField
        name="indicatorId"
        label={t.indicator}
        choices={result.indicators.map(({ id, title }) => ({ value: id, label: localized(title, language) }))}
      />
      <SelectField
        name="periodId"
        label={t.period}
        choices={periods.map((period) => ({ value: period.id, label: periodText(period) }))}
      />
      <RadioField name="kind" label={t.kind} choices={choicesOf(figures)} />
      {indicator && (
        <>
          <ValueFields name="value" kind={indicator.kind} unit={unitOf(indicator)} />
          <PartFields indicator={indicator} />
        </>
      )}
      <TextField name="source" label={t.source} hint={t.sourceHint} isOptional={kind === 'TARGET'} />
      <TextArea name="comment" label={t.comment} rows={2} isOptional />
    </>
  );
}

function PartFields({ indicator: { kind, disaggregations } }: { readonly indicator: IndicatorView }) {
  const { figure: t, dimensions, categories } = useTexts(resultTexts);
  return disaggregations.map(({ dimension, mustAddUp }) => (
    <FieldGroup
      key={dimension}
      name={`parts.${dimension}`}
      label={dimensions[dimension]}
      hint={mustAddUp ? `${t.partsHint} ${t.partsSum}` : t.partsHint}
      isOptional
    >
      {DISAGGREGATIONS[dimension].map((category) =>
        kind === 'PERCENTAGE' ? (
          <div className="stack" key={category}>
            <QuantityField
              name={`parts.${category}.numerator`}
              label={`${categories[category]}: ${t.numerator}`}
              isOptional
            />
            <QuantityField
              name={`parts.${category}.denominator`}
              label={`${categories[category]}: ${t.denominator}`}
              isOptional
            />
          </div>
        ) : (
          <QuantityField key={category} name={`parts.${category}.number`} label={categories[category]} isOptional />
        ),
      )}
    </FieldGroup>
  ));
}

function figureOf(result: ResultView, { indicatorId, periodId, kind, value, parts = {}, source, comment }: Values) {
  const indicator = result.indicators.find(({ id }) => id === indicatorId);
  const valueKind = indicator?.kind ?? 'NUMBER';
  const asked = (indicator?.disaggregations ?? []).flatMap(
    ({ dimension }): readonly Category[] => DISAGGREGATIONS[dimension],
  );
  return {
    resultId: result.id,
    indicatorId,
    periodId,
    kind,
    value: valueOf(valueKind, value),
    // What was left empty is not known, which is not the same as none.
    parts: asked.flatMap((category): FigurePart[] =>
      Object.values(parts[category] ?? {}).some((input) => input !== undefined && input !== '')
        ? [{ category, value: valueOf(valueKind, parts[category]) as FigurePart['value'] }]
        : [],
    ),
    source,
    comment,
  };
}
