import type {
  ImportColumns,
  ImportDecisionField,
  ImportField,
  ImportNote,
  ImportNoteCode,
  ImportProblem,
  ImportProblemCode,
  ImportProposal,
} from '#contracts/partnership';

export type Decisions = Partial<Record<ImportDecisionField, string>>;

/** A row as it came, with what people decided of it. */
export interface ImportRow {
  readonly number: number;
  readonly cells: readonly string[];
  readonly decisions: Decisions;
}

const NAME_MAX = 200;
const ABOUT_MAX = 300;
/** What a reader of the file could not read, such as letters of another encoding or ones that nobody sees. */
const UNREADABLE = '\ufffd';
const FORMULA = /^(?:[=@]|[+-](?![\d\s]*$))/;

type Of = Partial<Pick<ImportProblem, 'about' | 'proposals'>>;

/** One row while it is read: its texts by field, and what was found to say about them. */
export class RowReading {
  readonly problems: ImportProblem[] = [];
  readonly notes: ImportNote[] = [];

  constructor(
    private readonly row: ImportRow,
    private readonly columns: ImportColumns,
  ) {}

  decided(field: ImportDecisionField): string | undefined {
    return this.row.decisions[field];
  }

  /**
   * What stands there, or what was decided in its place; empty where there is nothing. Undefined where no text can be made of it,
   * which is said as a problem.
   */
  text(field: ImportField): string | undefined {
    const text = this.written(field);
    const proposals = (value: string) => (value === '' || value === text ? [] : [proposal(field, value)]);
    if (text.includes(UNREADABLE))
      return this.refuse(field, 'CHARACTERS', { proposals: proposals(squeezed(text.replaceAll(UNREADABLE, ''))) });
    if (FORMULA.test(text)) {
      const content = squeezed(text.replace(/^[=+@'"\s-]+/, '').replace(/["')\s]+$/, ''));
      return this.refuse(field, 'FORMULA', { proposals: proposals(content) });
    }
    if (text.length > NAME_MAX) return this.refuse(field, 'TOO_LONG', {});
    return text;
  }

  refuse(field: ImportDecisionField, code: ImportProblemCode, { about = null, proposals = [] }: Of): undefined {
    this.problems.push({
      field,
      code,
      value: this.written(field),
      about: about?.slice(0, ABOUT_MAX) ?? null,
      proposals,
    });
  }

  note(field: ImportField, code: ImportNoteCode, taken: string): void {
    this.notes.push({ field, code, value: this.written(field), taken });
  }

  private written(field: ImportDecisionField): string {
    const decided = this.row.decisions[field];
    if (decided !== undefined) return squeezed(decided);
    const column = (this.columns as Partial<Record<ImportDecisionField, number>>)[field];
    return squeezed(column === undefined ? '' : (this.row.cells[column] ?? ''));
  }
}

export function proposal(
  field: ImportDecisionField,
  value: string,
  { label = null, detail = null }: Partial<Pick<ImportProposal, 'label' | 'detail'>> = {},
): ImportProposal {
  return { field, value, label, detail };
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
