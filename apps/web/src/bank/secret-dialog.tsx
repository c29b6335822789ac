import { useId, useState } from 'react';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { feedTexts } from './texts';

/** A secret that no later answer shows again. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const { secret: t } = useTexts(feedTexts);
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <Dialog title={t.title} onClose={onClose}>
      <div className="kern-dialog__body">
        <Notice tone="warning" title={t.once} />
        <div className="kern-form-input">
          <label className="kern-label" htmlFor={id}>
            {t.label}
          </label>
          <input
            id={id}
            className="kern-form-input__input"
            readOnly
            value={secret}
            onFocus={(event) => event.target.select()}
          />
        </div>
        <div className="buttons">
          {/* Browsers offer the clipboard to pages that came over https or from this machine. */}
          {'clipboard' in navigator && <Button onClick={() => void copy()}>{t.copy}</Button>}
          <span className="kern-body" role="status">
            {isCopied ? t.copied : ''}
          </span>
        </div>
      </div>
      <footer className="kern-dialog__footer">
        <Button rank="primary" onClick={onClose}>
          {t.noted}
        </Button>
      </footer>
    </Dialog>
  );
}
