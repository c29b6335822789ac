import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  getProject,
  getProjectGate,
  PROJECT_STAGES,
  type ProjectGateView,
  type ProjectView,
} from '#contracts/partnership';
import { useMunicipalityNames, usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { shortName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Stepper } from '../ui/stepper';
import { Money } from '../ui/values';
import { Funding } from './funding';
import { Gate } from './gate';
import { Leverage } from './leverage';
import { ProjectActs } from './project-acts';
import { Reviews } from './reviews';
import { Scores } from './scores';
import { projectTexts } from './texts';
import { PROJECT_TONES } from './tones';

export function ProjectPage() {
  const { projectId = '' } = useParams();
  const project = useQuery(read(getProject, { projectId }));
  const gate = useQuery(read(getProjectGate, { projectId }));
  return (
    <Loaded query={project}>
      {(view) => <Loaded query={gate}>{(its) => <Detail project={view} gate={its} />}</Loaded>}
    </Loaded>
  );
}

function Detail({ project, gate }: { readonly project: ProjectView; readonly gate: ProjectGateView }) {
  const { list, page: t } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  const { words } = useTexts(common);
  const { status, stage, stageSince, approvals, statusReason } = project;
  const isOpen = ['PREPARING', 'IN_REVIEW', 'ON_HOLD'].includes(status);
  const lead = t.stageOf(stages[stage], dayText(stageSince, useLanguage()));
  return (
    <Page
      title={project.title}
      caseNumber={project.caseNumber}
      trailOf={project.id}
      crumbs={[{ label: list.title, to: '/projects' }]}
      tag={<StatusTag tone={PROJECT_TONES[status]}>{words.projectStatus[status]}</StatusTag>}
      lead={approvals ? `${lead}, ${t.approvals(approvals.given, approvals.needed)}` : lead}
      acts={<ProjectActs project={project} gate={gate} />}
    >
      <Stepper
        label={t.way}
        steps={PROJECT_STAGES.map((each) => stages[each])}
        now={isOpen ? PROJECT_STAGES.indexOf(stage) : undefined}
        words={t.steps}
      />
      {statusReason !== null && (
        <p className="kern-body">
          <strong>{t.reason}:</strong> {statusReason}
        </p>
      )}
      <div className="columns">
        <div className="page">
          <Section title={t.content}>
            <p className="kern-body written">{project.summary}</p>
          </Section>
          {isOpen && <Gate gate={gate} />}
          <Reviews projectId={project.id} />
        </div>
        <div className="page">
          <KeyFacts project={project} />
          <Funding project={project} />
          <Leverage projectId={project.id} />
          <Scores projectId={project.id} />
        </div>
      </div>
    </Page>
  );
}

/** Where what an idea was born from has its pages. */
const ORIGINS = { REQUEST: 'requests', ASSIGNMENT: 'assignments', EVENT: 'events' } as const;

function KeyFacts({ project }: { readonly project: ProjectView }) {
  const { page: t, sectors } = useTexts(projectTexts);
  const { id, partnershipId, ownerMunicipalityId, sector, capex, costAccuracyPercent, opexPerYear, funding, facility } =
    project;
  const { formerOwners, origin } = project;
  const language = useLanguage();
  const townName = useMunicipalityNames([ownerMunicipalityId]);
  const partnershipName = usePartnershipNames([partnershipId]);
  return (
    <Section title={t.facts}>
      <p className="kern-body">
        <Link className="kern-link" to={`/results?projectId=${id}`}>
          {t.results}
        </Link>
      </p>
      <Facts
        facts={[
          {
            label: t.partnership,
            value: (
              <Link className="kern-link" to={`/partnerships/${partnershipId}`}>
                {partnershipName(partnershipId)}
              </Link>
            ),
          },
          {
            label: t.owner,
            value: (
              <>
                <Link className="kern-link" to={`/municipalities/${ownerMunicipalityId}`}>
                  {townName(ownerMunicipalityId)}
                </Link>
                {formerOwners.map(({ municipalityId, name, until }) => (
                  <div className="kern-body kern-body--small" key={municipalityId}>
                    {t.formerOwner(shortName(name), dayText(lastDayOf(until), language))}
                  </div>
                ))}
              </>
            ),
          },
          { label: t.sector, value: sectors[sector] },
          {
            label: t.capex,
            value: capex ? (
              <>
                <Money value={capex} />
                {costAccuracyPercent !== null && ` (${t.accuracy(costAccuracyPercent)})`}
              </>
            ) : (
              t.unknown
            ),
          },
          ...(opexPerYear ? [{ label: t.opex, value: <Money value={opexPerYear} /> }] : []),
          ...(funding.gap ? [{ label: t.gap, value: <Money value={funding.gap} /> }] : []),
          ...(facility === null ? [] : [{ label: t.facility, value: facility }]),
          ...(origin.kind === 'OTHER'
            ? []
            : [
                {
                  label: t.origin,
                  value: (
                    <Link className="kern-link" to={`/${ORIGINS[origin.kind]}/${origin.id}`}>
                      {t.origins[origin.kind]}
                    </Link>
                  ),
                },
              ]),
        ]}
      />
    </Section>
  );
}
