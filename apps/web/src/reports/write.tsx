import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { getReport, REPORT_SECTIONS, type ReportView, submitReport } from '#contracts/staffing';
import { placeOf, useKeepDraft } from '../api/drafts';
import { waitingLetters } from '../api/outbox';
import { keptRead } from '../api/kept-read';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Fault, useMessage } from '../ui/field';
import { TextArea } from '../ui/inputs';
import { KeptState } from '../ui/kept-state';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { WithDraft } from '../ui/with-draft';
import { ReportClashes } from './report-clashes';
import { Attachments } from './attachments';
import { type ReportValues, sentReport, valuesOfReport } from './report-values';
import { reportTexts } from './texts';

export function WriteReportPage() {
  const { reportId = '' } = useParams();
  const query = useQuery(keptRead(getReport, { reportId }));
  return (
    <Loaded query={query}>
      {(report) => (
        <WithDraft name={draftOf(report)} otherwise={valuesOfReport(report)}>
          {(values) => <Write report={report} values={values} />}
        </WithDraft>
      )}
    </Loaded>
  );
}

/** The report in its parts. It can be written and handed in without a line: it is sent when there is one, once. */
function Write({ report, values: begun }: { readonly report: ReportView; readonly values: ReportValues }) {
  const { write: t, list, sections } = useTexts(reportTexts);
  const { cancel, words, offline } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const { id, kind, sequence, version } = report;
  const back = `/reports/${id}`;
  const about = { title: `${sequence}. ${words.reportKind[kind]}`, address: `${back}/write` };
  const draft = placeOf(draftOf(report));
  const state = useOperationForm(submitReport, {
    defaults: begun,
    request: (values: Partial<ReportValues>) => ({ reportId: id, ...sentReport(values) }),
    version,
    later: { ...about, draft, onWritten: () => tell(offline.goesLater) },
    onDone: () => {
      void keeping.forget();
      tell(t.done);
      void navigate(back);
    },
  });
  const { data: letters = [] } = useQuery(waitingLetters);
  const refused = letters.some((letter) => letter.draft === draft && letter.fault?.isStale);
  const keeping = useKeepDraft(state.form, { ...about, name: draftOf(report) });
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/reports' },
        { label: about.title, to: back },
      ]}
      lead={t.intro}
    >
      <FormFrame state={state}>
        {(state.problem?.isStale || refused) && <ReportClashes report={report} />}
        <NothingWritten />
        {REPORT_SECTIONS.map((section) => (
          <TextArea
            key={section}
            name={`text.${section}`}
            label={sections[section].title}
            hint={sections[section].hint}
            rows={6}
            isOptional
          />
        ))}
        <Attachments />
        <p className="kern-body kern-body--small">{t.kept}</p>
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={back}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function draftOf({ id }: ReportView): string {
  return `report.${id}`;
}

function NothingWritten() {
  const { write: t } = useTexts(reportTexts);
  return (
    <div id="field-sections" tabIndex={-1}>
      <Fault id="field-sections-fault" message={useMessage('sections') && t.nothing} />
    </div>
  );
}
