import { changeResult, type ResultType, type ResultView } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { useOperationForm } from '../ui/use-operation-form';
import { ContentFields, writtenOf } from './content-fields';
import { OfResult, ResultForm, useBackTo } from './result-form';
import { resultTexts } from './texts';

interface Values {
  readonly type: string;
  readonly title: Record<string, string>;
  readonly description: string;
}

export function EditResultPage() {
  return <OfResult>{(result) => <Edit result={result} />}</OfResult>;
}

function Edit({ result }: { readonly result: ResultView }) {
  const { form: t, acts } = useTexts(resultTexts);
  const state = useOperationForm(changeResult, {
    defaults: { type: result.type, title: result.title, description: result.description },
    request: ({ type, title, description }: Values) => ({
      resultId: result.id,
      type: type as ResultType,
      title: writtenOf(title),
      description,
    }),
    version: result.version,
    onDone: useBackTo(result, t.saved),
  });
  return (
    <ResultForm result={result} title={acts.edit} submit={t.save} state={state}>
      <ContentFields />
    </ResultForm>
  );
}
