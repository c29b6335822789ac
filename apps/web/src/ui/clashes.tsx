import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from './button';
import { Notice } from './notice';
import { Table } from './table';

/** A field that two people changed. */
export interface Clash {
  readonly name: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

interface ClashesProps {
  readonly clashes: readonly Clash[];
  readonly decide: (name: string, whose: 'mine' | 'theirs') => void;
  /** What the fields of the form are called. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What both changed, field by field: the person says what holds. */
export function Clashes({ clashes, decide, labels }: ClashesProps) {
  const { conflict } = useTexts(common);
  return (
    <Notice tone="warning" title={conflict.both} role="alert">
      <Table
        caption={conflict.both}
        rows={clashes}
        keyOf={({ name }) => name}
        columns={[
          { title: conflict.what, cell: ({ name }) => labels[name] ?? name, isHeading: true },
          { title: conflict.mine, cell: ({ mine }) => <Side value={mine} /> },
          { title: conflict.theirs, cell: ({ theirs }) => <Side value={theirs} /> },
          {
            title: conflict.decide,
            cell: ({ name }) => (
              <div className="buttons">
                <Button onClick={() => decide(name, 'mine')}>{conflict.keep}</Button>
                <Button onClick={() => decide(name, 'theirs')}>{conflict.take}</Button>
              </div>
            ),
          },
        ]}
      />
    </Notice>
  );
}

function Side({ value }: { readonly value: unknown }) {
  return <span className="written">{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}
