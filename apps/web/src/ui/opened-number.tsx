import type { ReactNode } from 'react';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { type Fact, Facts } from './facts';

interface OpenedNumberProps {
  readonly label: string;
  readonly value: ReactNode;
  /** How it was made, in a sentence. */
  readonly how: string;
  /** The numbers that it was made from. */
  readonly from: readonly Fact[];
  /** Where to read on. */
  readonly children?: ReactNode;
}

/** A number that matters; on request it shows what it was made from. */
export function OpenedNumber({ label, value, how, from, children }: OpenedNumberProps) {
  const t = useTexts(common);
  return (
    <details className="number">
      <summary>
        <span>{label}</span>
        <span className="number__value">{value}</span>
        <span className="number__more">{t.opens}</span>
      </summary>
      <div className="number__inside">
        <p className="kern-body kern-body--small">{how}</p>
        {from.length > 0 && <Facts facts={from} />}
        {children}
      </div>
    </details>
  );
}
