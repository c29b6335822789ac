import { useRouteError } from 'react-router';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Page } from '../ui/page';

/** An address that leads nowhere. */
export function Unknown() {
  const t = useTexts(common);
  return (
    <Page title={t.errors.notFound}>
      <p className="kern-body">{t.errors.notFoundHelp}</p>
      <LinkButton to="/">{t.errors.toStart}</LinkButton>
    </Page>
  );
}

/** A fault of ours, or a page of a version that the server no longer has: loading again helps with the latter. */
export function Broken() {
  const t = useTexts(common);
  const error = useRouteError();
  // The browser's console is the only log there is.
  reportError(error);
  return (
    <Page title={t.errors.broken}>
      <p className="kern-body">{t.errors.failedHelp}</p>
      <Button rank="primary" onClick={() => location.reload()}>
        {t.errors.reload}
      </Button>
    </Page>
  );
}
