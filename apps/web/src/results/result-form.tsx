import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { useNavigate, useParams } from 'react-router';
import { getResult, type ResultView } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import type { OperationForm } from '../ui/use-operation-form';
import { resultTexts } from './texts';

/** The result that the address names. */
export function OfResult({ children }: { readonly children: (result: ResultView) => ReactNode }) {
  const { resultId = '' } = useParams();
  return <Loaded query={useQuery(read(getResult, { resultId }))}>{children}</Loaded>;
}

/** Says that it is done, and leads back to the result. */
export function useBackTo({ id }: ResultView, said: string): () => void {
  const navigate = useNavigate();
  const tell = useTell();
  return () => {
    tell(said);
    void navigate(`/results/${id}`);
  };
}

interface ResultFormProps<Values extends FieldValues> {
  readonly result: ResultView;
  readonly title: string;
  readonly lead?: string;
  readonly submit: string;
  readonly state: OperationForm<Values>;
  readonly children: ReactNode;
}

/** A form about a result, on a page below it. */
export function ResultForm<Values extends FieldValues>(props: ResultFormProps<Values>) {
  const { result, title, lead, submit, state, children } = props;
  const { list } = useTexts(resultTexts);
  const { cancel } = useTexts(common);
  const address = `/results/${result.id}`;
  const crumbs = [
    { label: list.title, to: '/results' },
    { label: localized(result.title, useLanguage()), to: address },
  ];
  return (
    <Page title={title} crumbs={crumbs} lead={lead}>
      <FormFrame state={state}>
        {children}
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {submit}
          </Button>
          <LinkButton to={address}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
