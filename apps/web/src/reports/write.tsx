import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { getReport, REPORT_SECTIONS, type ReportView, submitReport } from '#contracts/staffing';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Fault, useMessage } from '../ui/field';
import { TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { keptOf, useKept } from '../ui/use-kept';
import { useOperationForm } from '../ui/use-operation-form';
import { Attachments } from './attachments';
import { type ReportValues, sentReport, valuesOfReport } from './report-values';
import { reportTexts } from './texts';

export function WriteReportPage() {
  const { reportId = '' } = useParams();
  const query = useQuery(read(getReport, { reportId }));
  return <Loaded query={query}>{(report) => <Write report={report} />}</Loaded>;
}

/** The report in its parts; what is typed is kept in this window until it is handed in. */
function Write({ report }: { readonly report: ReportView }) {
  const { write: t, list, sections } = useTexts(reportTexts);
  const { cancel, words } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const { id, kind, sequence, version } = report;
  const kept = `report.${id}`;
  const back = `/reports/${id}`;
  const state = useOperationForm(submitReport, {
    defaults: keptOf<ReportValues>(kept, valuesOfReport(report)),
    request: (values: Partial<ReportValues>) => ({ reportId: id, ...sentReport(values) }),
    version,
    onDone: () => {
      forget();
      tell(t.done);
      void navigate(back);
    },
  });
  const forget = useKept(kept, state.form);
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/reports' },
        { label: `${sequence}. ${words.reportKind[kind]}`, to: back },
      ]}
      lead={t.intro}
    >
      <FormFrame state={state}>
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

function NothingWritten() {
  const { write: t } = useTexts(reportTexts);
  return (
    <div id="field-sections" tabIndex={-1}>
      <Fault id="field-sections-fault" message={useMessage('sections') && t.nothing} />
    </div>
  );
}
