import { useState } from 'react';
import type { RequestInputOf } from '#contracts';
import { type AuditFolderView, makeAuditFolder } from '#contracts/finance';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from './button';
import { NumberField, TextField } from './inputs';
import { FormFrame } from './operation-form';
import { Section } from './page';
import { useOperationForm } from './use-operation-form';

type Subject = RequestInputOf<typeof makeAuditFolder>['subject'];
type Sample = Pick<Extract<Subject, { kind: 'FUND_YEAR' }>, 'seed' | 'count'>;

interface AuditFolderProps {
  /** What it is of; of a fund year a sample is drawn by what the person enters. */
  readonly subject: Exclude<Subject, { kind: 'FUND_YEAR' }> | { kind: 'FUND_YEAR'; fundId: string; year: number };
}

/** All evidence of a case in one file, for who may have it: made and saved with one click. */
export function AuditFolder({ subject }: AuditFolderProps) {
  const { roles } = useSession();
  return mayCall(makeAuditFolder, roles) ? <Maker subject={subject} /> : null;
}

function Maker({ subject }: AuditFolderProps) {
  const { auditFolder: t } = useTexts(common);
  const language = useLanguage();
  const [folder, setFolder] = useState<AuditFolderView>();
  const isSample = subject.kind === 'FUND_YEAR';
  const state = useOperationForm(makeAuditFolder, {
    defaults: isSample ? { subject: { seed: '', count: 25 } } : {},
    request: (values: { subject?: Partial<Sample> }) => ({ subject: { ...subject, ...values.subject } as Subject }),
    onDone: (made) => {
      setFolder(made);
      save(addressOf(made), made.fileName);
    },
  });
  return (
    <Section title={t.title}>
      <FormFrame state={state}>
        <p className="kern-body">{t.lead}</p>
        {isSample && (
          <div className="repeated">
            <TextField name="subject.seed" label={t.seed} hint={t.seedHint} />
            <NumberField name="subject.count" label={t.count} />
          </div>
        )}
        <div className="buttons">
          <Button icon="download" type="submit" aria-disabled={state.isSending}>
            {t.make}
          </Button>
        </div>
        <p className="kern-body" role="status">
          {state.isSending && t.making}
          {!state.isSending && folder && (
            <>
              {t.made(folder.files, `${numberText(Math.ceil(folder.bytes / 1000), language)} kB`)}{' '}
              <a className="kern-link" href={addressOf(folder)} download={folder.fileName}>
                {t.again}
              </a>
            </>
          )}
        </p>
      </FormFrame>
    </Section>
  );
}

function addressOf({ id }: AuditFolderView): string {
  return `/v1/audit-folders/${id}/file`;
}

/** The browser saves it as it comes; the page holds none of it. */
function save(address: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
}
