import {
  abandonProject,
  addFundingSource,
  changeFundingSource,
  changeProject,
  decideGateReview,
  handOverProject,
  holdProject,
  listProjectActions,
  type ProjectGateView,
  type ProjectView,
  recordProjectEvidence,
  requestGateReview,
  resumeProject,
  scoreProject,
  withdrawProjectEvidence,
} from '#contracts/partnership';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { FileHashField } from '../ui/file-hash-field';
import { choicesOf } from '../ui/inputs';
import { projectTexts } from './texts';

interface ProjectActsProps {
  readonly project: ProjectView;
  readonly gate: ProjectGateView;
}

export function ProjectActs({ project, gate }: ProjectActsProps) {
  const { acts: t, list } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  const { words } = useTexts(common);
  const { id, version, status, stage } = project;
  const fixed = { projectId: id };
  const reason = { label: t.reason, rows: 3 };
  return (
    <Acts
      of={listProjectActions}
      id={fixed}
      version={version}
      seen={{ [list.status]: words.projectStatus[status], [list.stage]: stages[stage] }}
      acts={[
        ...useGateActs({ project, gate }),
        ...useFundingActs(project),
        { operation: scoreProject, label: t.score, to: `/projects/${id}/score` },
        { operation: changeProject, label: t.change, to: `/projects/${id}/edit` },
        act({ operation: resumeProject, isNext: true, ...t.resume, fixed, fields: {} }),
        act({ operation: holdProject, isRare: true, ...t.hold, fixed, fields: { reason } }),
        act({
          operation: handOverProject,
          isRare: true,
          ...t.handOver,
          fixed,
          fields: { facility: { label: t.handOver.facility }, reason },
        }),
        act({ operation: abandonProject, isRare: true, ...t.abandon, fixed, fields: { reason } }),
      ]}
    />
  );
}

function useGateActs({ project: { id }, gate }: ProjectActsProps) {
  const { acts: t } = useTexts(projectTexts);
  const language = useLanguage();
  const fixed = { projectId: id };
  const { evidence, withdraw, decide } = t;
  const provable = gate.items
    .filter(({ proof }) => proof !== 'FIGURES')
    .map(({ item, title }) => ({ value: item, label: localized(title, language) }));
  const recorded = gate.evidence
    .filter(({ stage }) => stage === gate.stage)
    .map(({ id: value, title }) => ({ value, label: title }));
  const isComplete = gate.missing.length === 0;
  return [
    act({
      operation: recordProjectEvidence,
      isNext: !isComplete,
      ...evidence,
      fixed,
      fields: {
        item: { label: evidence.item, choices: provable },
        title: { label: evidence.title },
        documentSha256: {
          label: evidence.file,
          render: () => (
            <FileHashField name="documentSha256" label={evidence.file} hint={evidence.fileHint} isOptional />
          ),
        },
        reference: { label: evidence.reference, hint: evidence.referenceHint },
      },
    }),
    act({
      operation: requestGateReview,
      isNext: isComplete,
      ...t.request,
      fixed,
      fields: { note: { label: t.note, rows: 3 } },
    }),
    act({
      operation: decideGateReview,
      isNext: true,
      ...decide,
      fixed,
      fields: {
        verdict: { label: decide.verdict, choices: choicesOf(decide.verdicts) },
        note: { label: decide.note, rows: 4 },
      },
    }),
    ...(recorded.length === 0
      ? []
      : [
          act({
            operation: withdrawProjectEvidence,
            isRare: true,
            ...withdraw,
            fixed,
            fields: { evidenceId: { label: withdraw.which, choices: recorded }, reason: { label: t.reason, rows: 3 } },
          }),
        ]),
  ];
}

function useFundingActs({ id, currency, fundingSources }: ProjectView) {
  const { acts: t, funding } = useTexts(projectTexts);
  const fixed = { projectId: id };
  const certainty = {
    status: { label: funding.status, choices: choicesOf(funding.states) },
    signedOn: { label: t.signedOn },
    documentSha256: {
      label: t.document,
      render: () => <FileHashField name="documentSha256" label={t.document} hint={t.documentHint} isOptional />,
    },
    note: { label: t.fundingNote, hint: t.fundingNoteHint, rows: 2 },
  };
  const sources = fundingSources.map(({ id: value, financier, kind }) => ({
    value,
    label: `${financier} (${funding.kinds[kind]})`,
  }));
  return [
    act({
      operation: addFundingSource,
      ...t.addFunding,
      fixed,
      fields: {
        kind: { label: funding.kind, choices: choicesOf(funding.kinds) },
        financier: { label: funding.financier },
        amount: { label: funding.amount, currency },
        ...certainty,
        status: { ...certainty.status, initial: 'IDENTIFIED' },
      },
    }),
    ...(sources.length === 0
      ? []
      : [
          act({
            operation: changeFundingSource,
            ...t.changeFunding,
            fixed,
            fields: {
              sourceId: { label: t.changeFunding.which, choices: sources },
              amount: { label: funding.amount, currency },
              ...certainty,
            },
          }),
        ]),
  ];
}
