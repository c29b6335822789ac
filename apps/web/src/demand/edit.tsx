import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { useForm, FormProvider } from 'react-hook-form';
import { changeExpertRequest, type ExpertRequestView, getExpertRequest } from '#contracts/staffing';
import { call } from '../api/call';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { SavedState } from '../ui/saved-state';
import { useAutosave } from '../ui/use-autosave';
import { RequestFields } from './request-fields';
import { changesOf, contentOf, type RequestValues, valuesOf } from './request-values';
import { demandTexts } from './texts';

/** Changing a draft: every change is saved by itself, and what others change meanwhile is not lost. */
export function EditRequestPage() {
  const { expertRequestId = '' } = useParams();
  const query = useQuery(read(getExpertRequest, { expertRequestId }));
  return <Loaded query={query}>{(request) => <Edit request={request} />}</Loaded>;
}

function Edit({ request }: { readonly request: ExpertRequestView }) {
  const { form: t, list } = useTexts(demandTexts);
  const form = useForm<RequestValues>({ defaultValues: valuesOf(request) });
  const expertRequestId = request.id;
  const saving = useAutosave(form, {
    start: request,
    valuesOf,
    schema: changeExpertRequest.request.omit({ expertRequestId: true }),
    contentOf,
    changesOf,
    save: (changes, version) => call(changeExpertRequest, { expertRequestId, ...changes }, { version }),
    readAgain: () => call(getExpertRequest, { expertRequestId }),
  });
  const labels = {
    partnershipIds: t.partnerships,
    placeOfWorkMunicipalityId: t.placeOfWork,
    title: t.title,
    situation: t.situation,
    goal: t.goal,
    tasks: t.tasks,
    fieldsOfAction: t.fieldsPart,
    desiredPeriod: t.whenPart,
    preferredInstrument: t.instrument,
    numberOfExperts: t.number,
  };
  return (
    <Page
      title={t.editTitle}
      crumbs={[
        { label: list.title, to: '/requests' },
        { label: request.title, to: `/requests/${request.id}` },
      ]}
      lead={t.intro}
    >
      <FormProvider {...form}>
        <form className="form" noValidate onSubmit={(event) => event.preventDefault()}>
          <RequestFields />
          <SavedState saving={saving} labels={labels} />
          <div className="buttons">
            <LinkButton rank="primary" to={`/requests/${request.id}`}>
              {t.finish}
            </LinkButton>
          </div>
        </form>
      </FormProvider>
    </Page>
  );
}
