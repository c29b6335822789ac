import { useFormContext, useWatch } from 'react-hook-form';
import { useNavigate, useSearchParams } from 'react-router';
import type { z } from 'zod';
import { createProject, listPartnerships, type PartnershipSummary } from '#contracts/partnership';
import { useKeepDraft } from '../api/drafts';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { partnershipName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { Fault, useMessage } from '../ui/field';
import { KeptState } from '../ui/kept-state';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import { WithDraft } from '../ui/with-draft';
import { ProjectFields } from './project-fields';
import { contentOf, EMPTY, type ProjectValues } from './project-values';
import { projectTexts } from './texts';

const DRAFT = 'project';
const MATCHES_SHOWN = 8;
const CURRENCY = 'EUR';

interface Values extends ProjectValues {
  readonly partnershipId: string;
}

/** Recording an idea; from a partnership's page, which it belongs to is known. */
export function CreateProjectPage() {
  const [parameters] = useSearchParams();
  const otherwise = { ...EMPTY, partnershipId: parameters.get('partnership') ?? '' };
  return (
    <WithDraft name={DRAFT} otherwise={otherwise}>
      {(values) => <CreateProject values={values} />}
    </WithDraft>
  );
}

function CreateProject({ values: begun }: { readonly values: Values }) {
  const { form: t, list } = useTexts(projectTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createProject, {
    defaults: begun,
    request: ({ partnershipId, ...values }: Values) => ({ partnershipId, ...contentOf(values) }),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.createDone);
      void navigate(`/projects/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: list.create, address: '/projects/new' });
  return (
    <Page title={list.create} crumbs={[{ label: list.title, to: '/projects' }]} lead={t.lead}>
      <FormFrame state={state}>
        <Fields />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create}
          </Button>
          <LinkButton to="/projects">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function Fields() {
  const { form: t } = useTexts(projectTexts);
  const { setValue } = useFormContext();
  const partnershipId = (useWatch({ name: 'partnershipId' }) as string | undefined) ?? '';
  const nameOf = usePartnershipNames(partnershipId === '' ? [] : [partnershipId]);
  const set = (id: string) => {
    setValue('partnershipId', id, { shouldDirty: true });
    setValue('ownerMunicipalityId', '');
  };
  const message = useMessage('partnershipId');
  return (
    <>
      <div className="stack">
        <Combobox<z.infer<typeof PartnershipSummary>>
          id="field-partnershipId"
          label={t.partnershipSearch}
          hint={t.partnershipHint}
          search={(q) => read(listPartnerships, { q, status: ['ACTIVE', 'PROPOSED', 'DORMANT'], limit: MATCHES_SHOWN })}
          keyOf={({ id }) => id}
          show={({ participants }) => partnershipName(participants)}
          onChoose={({ id }) => set(id)}
        />
        <Fault id="field-partnershipId-fault" message={message} />
        <Chosen
          chosen={partnershipId === '' ? [] : [{ key: partnershipId, name: nameOf(partnershipId) }]}
          onRemove={() => set('')}
        />
      </div>
      <ProjectFields partnershipId={partnershipId === '' ? undefined : partnershipId} currency={CURRENCY} />
    </>
  );
}
