import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  acceptReport,
  commentReport,
  getReport,
  listReportActions,
  type ReportView,
  returnReport,
  submitReport,
} from '#contracts/staffing';
import { useAssignmentNames, useMunicipalityNames } from '../api/names';
import { keptRead } from '../api/kept-read';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { ReportTag } from '../ui/report-tag';
import { Day, Instant } from '../ui/values';
import { reportTexts } from './texts';

export function ReportPage() {
  const { reportId = '' } = useParams();
  const query = useQuery(keptRead(getReport, { reportId }));
  return <Loaded query={query}>{(report) => <Detail report={report} />}</Loaded>;
}

function Detail({ report }: { readonly report: ReportView }) {
  const { list, page } = useTexts(reportTexts);
  const { words } = useTexts(common);
  const { kind, sequence, status, returnReason } = report;
  return (
    <Page
      title={`${sequence}. ${words.reportKind[kind]}`}
      crumbs={[{ label: list.title, to: '/reports' }]}
      tag={<ReportTag status={status} />}
      acts={<ReportActs report={report} />}
    >
      {status === 'RETURNED' && returnReason !== null && (
        <Notice tone="warning" title={page.returned}>
          <p className="kern-body written">{returnReason}</p>
        </Notice>
      )}
      <div className="columns">
        <div className="page">
          <Content report={report} />
        </div>
        <div className="page">
          <KeyFacts report={report} />
          <Comments report={report} />
        </div>
      </div>
    </Page>
  );
}

function ReportActs({ report: { id, version, status, comments } }: { readonly report: ReportView }) {
  const { acts, list, page } = useTexts(reportTexts);
  const { words } = useTexts(common);
  const fixed = { reportId: id };
  const isNext = true;
  return (
    <Acts
      of={listReportActions}
      id={fixed}
      version={version}
      seen={{ [list.status]: words.reportStatus[status], [page.comments]: String(comments.length) }}
      acts={[
        { operation: submitReport, isNext, label: acts.write, to: `/reports/${id}/write` },
        act({
          operation: commentReport,
          isNext,
          ...acts.comment,
          fixed,
          fields: { text: { label: acts.text, rows: 5 } },
        }),
        act({ operation: acceptReport, isNext, ...acts.accept, fixed, fields: {} }),
        act({
          operation: returnReport,
          ...acts.return,
          fixed,
          fields: { reason: { label: acts.reason, hint: acts.reasonHint, rows: 4 } },
        }),
      ]}
    />
  );
}

function Content({ report: { sections, attachments } }: { readonly report: ReportView }) {
  const { page, sections: words } = useTexts(reportTexts);
  return (
    <Section title={page.content}>
      {sections.length === 0 && <p className="kern-body">{page.empty}</p>}
      {sections.map(({ section, text }) => (
        <div key={section}>
          <h3 className="kern-heading-small">{words[section].title}</h3>
          <p className="kern-body written">{text}</p>
        </div>
      ))}
      {attachments.length > 0 && (
        <>
          <h3 className="kern-heading-small">{page.attachments}</h3>
          <ul className="kern-list kern-list--bullet">
            {attachments.map(({ name, sha256 }) => (
              <li key={sha256}>
                {name} <small className="written">{sha256}</small>
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function KeyFacts({ report }: { readonly report: ReportView }) {
  const { page, list, nameOf, expert, cancellations } = useTexts(reportTexts);
  const { assignmentId, dueOn, submittedAt, acceptedOn, cancellationReason } = report;
  const assignmentName = useAssignmentNames([assignmentId], nameOf, expert);
  return (
    <Section title={page.facts}>
      <Facts
        facts={[
          {
            label: list.assignment,
            value: (
              <Link className="kern-link" to={`/assignments/${assignmentId}`}>
                {assignmentName(assignmentId)}
              </Link>
            ),
          },
          { label: list.dueOn, value: <Day value={dueOn} /> },
          ...(submittedAt ? [{ label: page.submitted, value: <Instant value={submittedAt} /> }] : []),
          ...(acceptedOn ? [{ label: page.accepted, value: <Day value={acceptedOn} /> }] : []),
          ...(cancellationReason ? [{ label: page.cancelled, value: cancellations[cancellationReason] }] : []),
        ]}
      />
    </Section>
  );
}

/** What either side says to the report; both are heard before it is accepted. */
function Comments({ report: { comments } }: { readonly report: ReportView }) {
  const { page } = useTexts(reportTexts);
  const townName = useMunicipalityNames(comments.map(({ municipalityId }) => municipalityId));
  return (
    <Section title={page.comments}>
      {comments.length === 0 ? (
        <p className="kern-body">{page.noComments}</p>
      ) : (
        <ol className="timeline">
          {comments.map(({ id, municipalityId, side, text, commentedAt }) => (
            <li key={id}>
              <strong>{townName(municipalityId)}</strong> ({page.sides[side]})
              <p className="kern-body written">{text}</p>
              <small>
                <Instant value={commentedAt} />
              </small>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
