import { Navigate, useParams } from 'react-router';
import { changeIndicator, type IndicatorView, type ResultView } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { useOperationForm } from '../ui/use-operation-form';
import { TitleFields, writtenOf } from './content-fields';
import { baselineOf, IndicatorFields, type IndicatorValues } from './indicator-fields';
import { OfResult, ResultForm, useBackTo } from './result-form';
import { resultTexts } from './texts';
import { inputsOf } from './value-fields';
import { useUnit } from './value-text';

export function EditIndicatorPage() {
  const { indicatorId } = useParams();
  return (
    <OfResult>
      {(result) => {
        const indicator = result.indicators.find(({ id }) => id === indicatorId);
        return indicator ? (
          <Edit result={result} indicator={indicator} />
        ) : (
          <Navigate to={`/results/${result.id}`} replace />
        );
      }}
    </OfResult>
  );
}

function Edit({ result, indicator }: { readonly result: ResultView; readonly indicator: IndicatorView }) {
  const { form: t, page } = useTexts(resultTexts);
  const { id: indicatorId, kind, title, isAscending, baseline, sdgTargets } = indicator;
  const unitOf = useUnit();
  const state = useOperationForm(changeIndicator, {
    defaults: {
      title,
      isAscending,
      hasBaseline: baseline !== null,
      ...(baseline && { baseline: { year: baseline.year, value: inputsOf(baseline.value) } }),
      sdgTargets: sdgTargets.map((code) => ({ code })),
    },
    request: (values: IndicatorValues) => ({
      resultId: result.id,
      indicatorId,
      title: writtenOf(values.title),
      isAscending: values.isAscending,
      baseline: baselineOf(kind, values),
      sdgTargets: values.sdgTargets.map(({ code }) => code),
    }),
    version: result.version,
    onDone: useBackTo(result, t.saved),
  });
  return (
    <ResultForm result={result} title={page.change} submit={t.save} state={state}>
      <TitleFields />
      <IndicatorFields kind={kind} unit={unitOf(indicator)} />
    </ResultForm>
  );
}
