import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { changeProject, getProject, type ProjectView } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { ProjectFields } from './project-fields';
import { contentOf, type ProjectValues, valuesOf } from './project-values';
import { projectTexts } from './texts';

export function EditProjectPage() {
  const { projectId = '' } = useParams();
  const query = useQuery(read(getProject, { projectId }));
  return <Loaded query={query}>{(project) => <Edit project={project} />}</Loaded>;
}

function Edit({ project }: { readonly project: ProjectView }) {
  const { form: t, list } = useTexts(projectTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const address = `/projects/${project.id}`;
  const state = useOperationForm(changeProject, {
    defaults: valuesOf(project),
    request: (values: ProjectValues) => ({ projectId: project.id, ...contentOf(values) }),
    version: project.version,
    onDone: () => {
      tell(t.saveDone);
      void navigate(address);
    },
  });
  const crumbs = [
    { label: list.title, to: '/projects' },
    { label: project.title, to: address },
  ];
  return (
    <Page title={t.editTitle} crumbs={crumbs}>
      <FormFrame state={state}>
        <ProjectFields partnershipId={project.partnershipId} currency={project.currency} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.save}
          </Button>
          <LinkButton to={address}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
