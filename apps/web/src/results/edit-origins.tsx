import { type ResultView, setResultOrigins } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { useOperationForm } from '../ui/use-operation-form';
import { OriginFields, originsOf, type OriginValues } from './origin-fields';
import { OfResult, ResultForm, useBackTo } from './result-form';
import { resultTexts } from './texts';

export function EditOriginsPage() {
  return <OfResult>{(result) => <EditOrigins result={result} />}</OfResult>;
}

function EditOrigins({ result }: { readonly result: ResultView }) {
  const { form: t, acts } = useTexts(resultTexts);
  const origins = result.origins.map(({ partnershipId, projectId, assignmentId }) => ({
    partnershipId,
    projectId: projectId ?? '',
    assignmentId: assignmentId ?? '',
  }));
  const state = useOperationForm(setResultOrigins, {
    defaults: { origins },
    request: (values: { readonly origins: readonly OriginValues[] }) => ({
      resultId: result.id,
      origins: originsOf(values.origins),
    }),
    version: result.version,
    onDone: useBackTo(result, t.saved),
  });
  return (
    <ResultForm result={result} title={acts.origins} submit={t.save} state={state}>
      <OriginFields />
    </ResultForm>
  );
}
