import { useEffect } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import {
  addIndicator,
  Dimension,
  type IndicatorArithmetic,
  type IndicatorKind,
  type ResultView,
  STANDARD_INDICATORS,
  STANDARD_KEYS,
  type StandardKey,
} from '#contracts/partnership';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { FieldGroup } from '../ui/field';
import { CheckField, choicesOf, RadioField, SelectField, TextField } from '../ui/inputs';
import { useOperationForm } from '../ui/use-operation-form';
import { TitleFields, writtenOf } from './content-fields';
import { baselineOf, IndicatorFields, type IndicatorValues, NO_INDICATOR } from './indicator-fields';
import { OfResult, ResultForm, useBackTo } from './result-form';
import { resultTexts } from './texts';

interface Values extends IndicatorValues {
  readonly kind: IndicatorKind;
  readonly standard: StandardKey | '';
  readonly unit: string;
  readonly arithmetic: IndicatorArithmetic;
  readonly breakdown: Readonly<
    Partial<Record<Dimension, { readonly isAsked?: boolean; readonly mustAddUp?: boolean }>>
  >;
}

export function AddIndicatorPage() {
  return <OfResult>{(result) => <Add result={result} />}</OfResult>;
}

function Add({ result }: { readonly result: ResultView }) {
  const { acts, indicator: t } = useTexts(resultTexts);
  const state = useOperationForm(addIndicator, {
    defaults: { ...NO_INDICATOR, kind: 'NUMBER', standard: '', unit: '', arithmetic: 'CUMULATIVE', breakdown: {} },
    request: (values: Values) => {
      const { kind, standard, unit, arithmetic, breakdown, isAscending, sdgTargets } = values;
      const isCounted = kind === 'NUMBER' || kind === 'PERCENTAGE';
      return {
        resultId: result.id,
        title: writtenOf(values.title),
        kind,
        ...(standard && { standard }),
        ...(kind === 'NUMBER' && !standard && { unit }),
        ...(isCounted && { arithmetic }),
        isAscending,
        baseline: baselineOf(kind, values),
        sdgTargets: sdgTargets.map(({ code }) => code),
        disaggregations: Dimension.options.flatMap((dimension) => {
          const { isAsked, mustAddUp = false } = breakdown[dimension] ?? {};
          return isCounted && isAsked ? [{ dimension, mustAddUp }] : [];
        }),
      };
    },
    version: result.version,
    onDone: useBackTo(result, t.added),
  });
  return (
    <ResultForm result={result} title={acts.indicator} lead={t.lead} submit={t.add} state={state}>
      <Fields />
    </ResultForm>
  );
}

function Fields() {
  const { indicator: t, kinds, arithmetics, page } = useTexts(resultTexts);
  const language = useLanguage();
  const { setValue } = useFormContext();
  const [standard, kind, unit] = useWatch({ name: ['standard', 'kind', 'unit'] }) as [
    StandardKey | '',
    IndicatorKind,
    string,
  ];
  const chosen = standard ? STANDARD_INDICATORS[standard] : undefined;
  // One of the programme says of which kind it is.
  useEffect(() => {
    if (chosen) setValue('kind', chosen.kind);
  }, [chosen, setValue]);
  const isCounted = kind === 'NUMBER' || kind === 'PERCENTAGE';
  const itsUnit = chosen?.unit ? localized(chosen.unit, language) : unit || null;
  return (
    <>
      <SelectField
        name="standard"
        label={t.standard}
        hint={t.standardHint}
        empty={t.none}
        isOptional
        choices={STANDARD_KEYS.map((key) => ({
          value: key,
          label: localized(STANDARD_INDICATORS[key].title, language),
        }))}
      />
      <TitleFields />
      {!chosen && <RadioField name="kind" label={t.kind} choices={choicesOf(kinds)} />}
      {!chosen && kind === 'NUMBER' && <TextField name="unit" label={t.unit} hint={t.unitHint} />}
      {isCounted && <RadioField name="arithmetic" label={page.arithmetic} choices={choicesOf(arithmetics)} />}
      <IndicatorFields kind={kind} unit={itsUnit} />
      {isCounted && <Breakdown />}
    </>
  );
}

function Breakdown() {
  const { indicator: t, dimensions } = useTexts(resultTexts);
  const asked = useWatch({ name: 'breakdown' }) as Values['breakdown'];
  return (
    <FieldGroup name="disaggregations" label={t.breakdown} hint={t.breakdownHint} isOptional>
      {Dimension.options.map((dimension) => (
        <div key={dimension}>
          <CheckField name={`breakdown.${dimension}.isAsked`} label={dimensions[dimension]} />
          {asked[dimension]?.isAsked && dimension !== 'DISADVANTAGED_GROUP' && (
            <CheckField name={`breakdown.${dimension}.mustAddUp`} label={`${dimensions[dimension]}: ${t.mustAddUp}`} />
          )}
        </div>
      ))}
    </FieldGroup>
  );
}
