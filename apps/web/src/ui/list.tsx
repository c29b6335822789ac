import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from './button';
import { Loaded } from './query-state';
import { type Column, Table } from './table';

interface PageOf<Row> {
  readonly items: Row[];
  readonly page: { readonly next: string | null; readonly prev: string | null };
}

interface ListProps<Row> {
  readonly query: UseQueryResult<PageOf<Row>>;
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** What to do where there is nothing. */
  readonly empty: ReactNode;
}

/** A page of a list; which page stands in the address, so that it can be sent to a colleague. */
export function List<Row>({ query, caption, columns, keyOf, empty }: ListProps<Row>) {
  return (
    <Loaded query={query}>
      {({ items, page }) => (
        <>
          {items.length === 0 ? (
            <div className="kern-body empty">{empty}</div>
          ) : (
            <Table caption={caption} columns={columns} rows={items} keyOf={keyOf} />
          )}
          <Paging next={page.next} prev={page.prev} />
        </>
      )}
    </Loaded>
  );
}

function Paging({ next, prev }: { readonly next: string | null; readonly prev: string | null }) {
  const t = useTexts(common);
  const [parameters, setParameters] = useSearchParams();
  const go = (cursor: string) => {
    const changed = new URLSearchParams(parameters);
    changed.set('cursor', cursor);
    setParameters(changed);
  };
  if (next === null && prev === null) return null;
  return (
    <nav className="paging" aria-label={t.list.pages}>
      {prev !== null && <Button onClick={() => go(prev)}>{t.list.previous}</Button>}
      {next !== null && <Button onClick={() => go(next)}>{t.list.next}</Button>}
    </nav>
  );
}
