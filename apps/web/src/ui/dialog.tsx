import { type ReactNode, useEffect, useId, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { Icon } from './icon';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A modal dialog of the browser: it holds the focus, closes with Escape and gives the focus back. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const t = useTexts(common);
  const heading = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The browser would take the button that closes it.
    element?.querySelector<HTMLElement>('input, select, textarea')?.focus();
    return () => element?.close();
  }, []);
  return createPortal(
    <dialog
      className="kern-dialog"
      ref={dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="kern-dialog__header">
        <h2 className="kern-title kern-title--large" id={heading}>
          {title}
        </h2>
        <button type="button" className="kern-btn kern-btn--tertiary" onClick={onClose}>
          <Icon name="close" />
          <span className="kern-label kern-sr-only">{t.close}</span>
        </button>
      </header>
      {children}
    </dialog>,
    document.body,
  );
}
