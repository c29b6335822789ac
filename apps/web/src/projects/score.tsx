import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import {
  getProject,
  getProjectRubric,
  type ProjectRubricView,
  type ProjectView,
  ScoreDimension,
  scoreProject,
} from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { ScoreField } from '../ui/score-field';
import { useOperationForm } from '../ui/use-operation-form';
import { projectTexts } from './texts';

interface Values {
  /** In the sequence of the rubric. */
  readonly scores?: readonly ({ readonly score?: string; readonly justification?: string } | undefined)[];
}

/** Every criterion of the rubric in force, with points and the reason for them. */
export function ScoreProjectPage() {
  const { projectId = '' } = useParams();
  const project = useQuery(read(getProject, { projectId }));
  const rubric = useQuery(read(getProjectRubric, {}));
  return (
    <Loaded query={project}>
      {(view) => <Loaded query={rubric}>{(its) => <Score project={view} rubric={its} />}</Loaded>}
    </Loaded>
  );
}

function Score({
  project,
  rubric: { criteria },
}: {
  readonly project: ProjectView;
  readonly rubric: ProjectRubricView;
}) {
  const { scores: t, list } = useTexts(projectTexts);
  const { cancel } = useTexts(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const tell = useTell();
  const address = `/projects/${project.id}`;
  const state = useOperationForm(scoreProject, {
    defaults: { scores: [] },
    request: ({ scores = [] }: Values) => ({
      projectId: project.id,
      scores: criteria.map(({ criterion }, index) => {
        const { score, justification } = scores[index] ?? {};
        return {
          criterion,
          score: (score === undefined ? undefined : Number.parseInt(score, 10)) as number,
          justification: justification as string,
        };
      }),
    }),
    version: project.version,
    onDone: () => {
      tell(t.done);
      void navigate(address);
    },
  });
  const crumbs = [
    { label: list.title, to: '/projects' },
    { label: project.title, to: address },
  ];
  return (
    <Page title={t.scoreTitle} crumbs={crumbs} lead={t.lead}>
      <FormFrame state={state}>
        {ScoreDimension.options.map((dimension) => (
          <fieldset className="part" key={dimension}>
            <legend>{t.dimensions[dimension]}</legend>
            {criteria.map((each, index) =>
              each.dimension === dimension ? (
                <div className="stack" key={each.criterion}>
                  <ScoreField
                    name={`scores.${index}.score`}
                    fault={`scores.${index}.score`}
                    label={localized(each.title, language)}
                    hint={t.weight(each.weightPercent)}
                  />
                  <TextField name={`scores.${index}.justification`} label={t.justification} />
                </div>
              ) : null,
            )}
          </fieldset>
        ))}
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={address}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
