import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { type AddressConfirmationView, confirmAddress } from '#contracts/events';
import { call } from '../api/call';
import { idempotencyKeys } from '../api/idempotency';
import { Problem } from '../api/problem';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { confirmTexts } from './texts';
import { spanText } from './times';

/**
 * Where the link of a mail leads. The token stands in the fragment, which no server sees, and only the button sends it: programs that
 * open the links in mails confirm nothing.
 */
export function ConfirmPage() {
  const token = useLocation().hash.slice(1);
  // A second link in the same window is another matter.
  return <Confirmation key={token} token={token} />;
}

function Confirmation({ token }: { readonly token: string }) {
  const t = useTexts(confirmTexts);
  const { state, confirm } = useConfirmation(token);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state.kind !== 'asked' && state.kind !== 'sending') outcome.current?.focus();
  }, [state]);

  if (state.kind === 'done') return <Done view={state.view} ref={outcome} />;
  if (token === '' || state.kind === 'invalid')
    return (
      <Page title={t.invalidTitle}>
        <Notice tone="warning" title={t.invalid} role="alert" ref={outcome}>
          <p className="kern-body">{t.invalidHelp}</p>
        </Notice>
      </Page>
    );
  return (
    <Page title={t.title} lead={t.lead}>
      {state.kind === 'failed' && <Failed problem={state.problem} ref={outcome} />}
      <form onSubmit={confirm} aria-busy={state.kind === 'sending'}>
        <div className="buttons">
          <Button rank="primary" type="submit">
            {t.confirm}
          </Button>
        </div>
      </form>
      <p className="kern-body">{t.notYou}</p>
    </Page>
  );
}

type State =
  | { readonly kind: 'asked' | 'sending' | 'invalid' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'done'; readonly view: AddressConfirmationView };

function useConfirmation(token: string) {
  const [state, setState] = useState<State>({ kind: 'asked' });
  const [keyOf] = useState(idempotencyKeys);

  async function send(): Promise<void> {
    setState({ kind: 'sending' });
    try {
      const view = await call(confirmAddress, { token }, { idempotencyKey: keyOf(token) });
      setState({ kind: 'done', view });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setState(isOfTheLink(error) ? { kind: 'invalid' } : { kind: 'failed', problem: error });
    }
  }

  const confirm = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (state.kind !== 'sending') void send();
  };
  return { state, confirm };
}

/** A link that a mail program has cut or broken is refused by its form. */
function isOfTheLink({ code }: Problem): boolean {
  return code === 'EVENTS_CONFIRMATION_LINK_INVALID' || code === 'PLATFORM_REQUEST_INVALID';
}

function Failed({ problem, ref }: { readonly problem: Problem; readonly ref: React.Ref<HTMLDivElement> }) {
  const [t, shared] = [useTexts(confirmTexts), useTexts(common)];
  return (
    <Notice tone="warning" title={problem.isAway ? shared.errors.away : shared.errors.failed} role="alert" ref={ref}>
      <p className="kern-body">{t.tryAgain}</p>
    </Notice>
  );
}

function Done({ view, ref }: { readonly view: AddressConfirmationView; readonly ref: React.Ref<HTMLDivElement> }) {
  const [t, language] = [useTexts(confirmTexts), useLanguage()];
  const { eventTitle, startsAt, timeZone, registrationStatus } = view;
  return (
    <Page title={t.doneTitle}>
      <Notice tone="success" title={localized(eventTitle, language)} role="status" ref={ref}>
        <p className="kern-body">{spanText({ from: startsAt, timeZone }, language)}</p>
        <p className="kern-body">{t.seat[registrationStatus]}</p>
      </Notice>
    </Page>
  );
}
