import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumeric?: boolean;
  /** The cell that names the row. */
  readonly isHeading?: boolean;
}

interface TableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Sums and the like. */
  readonly footer?: ReactNode;
}

/** From so many columns on a table needs a desk's screen. */
const MANY_COLUMNS = 6;

/** Rows and columns; on a narrow screen each row becomes a block with its titles beside the values. */
export function Table<Row>({ caption, columns, rows, keyOf, footer }: TableProps<Row>) {
  return (
    <table className={`kern-table kern-table--small table${columns.length >= MANY_COLUMNS ? ' table--wide' : ''}`}>
      <caption className="kern-sr-only">{caption}</caption>
      <thead className="kern-table__head">
        <tr className="kern-table__row">
          {columns.map(({ title, isNumeric }) => (
            <th
              key={title}
              scope="col"
              className={`kern-table__header${isNumeric ? ' kern-table__header--numeric' : ''}`}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="kern-table__body">
        {rows.map((row) => (
          <tr key={keyOf(row)} className="kern-table__row">
            {columns.map((column) => (
              <Cell key={column.title} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
      {footer !== undefined && <tfoot className="kern-table__footer">{footer}</tfoot>}
    </table>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const { title, cell, isNumeric, isHeading } = column;
  const className = `kern-table__cell${isNumeric ? ' kern-table__cell--numeric' : ''}`;
  return isHeading ? (
    <th scope="row" className="kern-table__header" data-title={title}>
      {cell(row)}
    </th>
  ) : (
    <td className={className} data-title={title}>
      {cell(row)}
    </td>
  );
}
