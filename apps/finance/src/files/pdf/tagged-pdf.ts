import { type Line, PdfType, type TextStyle } from './pdf-type';

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly isNumber?: boolean;
}

export interface PdfTable {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** How many of the last rows are sums. */
  readonly sums?: number;
  /** Height of what must stand on one page with the last rows. */
  readonly followedBy?: number;
}

/** Width of what is written, in points. */
export const PDF_WIDTH = 483;
const MARGIN = 56;
const TOP = 56;
const BOTTOM = 70;
const CELL = { padding: 3, gap: 6 };
/** Rows that stay together at the beginning and the end of a table. */
const KEPT_ROWS = 3;
const STYLES = {
  title: { size: 16, isBold: true },
  heading: { size: 11, isBold: true },
  text: { size: 9 },
  strong: { size: 9, isBold: true },
  small: { size: 7.5 },
} as const satisfies Record<string, TextStyle>;

/**
 * A document for paper and for people who listen to it, A4: PDF/UA-1 with title, language, headings, and tables whose cells know
 * their headings. Rows of a table and what belongs to its end are not torn apart. The same input makes the same bytes.
 */
export class TaggedPdf {
  private readonly type: PdfType;
  private readonly root: PDFKit.PDFStructureElement;
  private readonly chunks: Buffer[] = [];
  private readonly done: Promise<Buffer>;
  private y = TOP;

  private constructor(private readonly document: PDFKit.PDFDocument) {
    this.done = new Promise((resolve, reject) => {
      document.on('data', (chunk: Buffer) => this.chunks.push(chunk));
      document.on('end', () => resolve(Buffer.concat(this.chunks)));
      document.on('error', reject);
    });
    this.type = new PdfType(document);
    this.root = document.struct('Document');
    document.addStructure(this.root);
  }

  static async begin(it: { title: string; language: string; createdAt: Date }): Promise<TaggedPdf> {
    // Loaded with the first file: it is a tenth of the service's memory.
    const { default: PDFDocument } = await import('pdfkit');
    const document = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      pdfVersion: '1.7',
      // The type declarations of pdfkit lag behind: they know neither this nor the scope of a table's heading.
      ...({ subset: 'PDF/UA' } as object),
      tagged: true,
      displayTitle: true,
      lang: it.language,
      info: { Title: it.title, Author: 'Fachkräftefonds', CreationDate: it.createdAt, ModDate: it.createdAt },
    });
    return new TaggedPdf(document);
  }

  title(text: string): void {
    this.block('H1', this.type.lines(text, PDF_WIDTH, STYLES.title), STYLES.title);
    this.y += 4;
  }

  /** Never without the beginning of what it is the heading of, and of what must stand on one page with all of it. */
  heading(text: string, { followedBy = 0 }: Pick<PdfTable, 'followedBy'> = {}): void {
    const lines = this.type.lines(text, PDF_WIDTH, STYLES.heading);
    this.keep(18 + this.heightOf(lines, STYLES.heading) + KEPT_ROWS * this.rowHeight(1) + followedBy);
    this.y += 18;
    this.block('H2', lines, STYLES.heading);
    this.y += 4;
  }

  paragraph(text: string): void {
    const lines = this.type.lines(text, PDF_WIDTH, STYLES.text);
    this.keep(this.heightOf(lines, STYLES.text));
    this.block('P', lines, STYLES.text);
    this.y += 2;
  }

  /** The first column names its row; the headings come again on each page. */
  table({ columns, rows, sums = 0, followedBy = 0 }: PdfTable): void {
    const table = this.document.struct('Table');
    this.root.add(table);
    const head = this.document.struct('THead');
    const body = this.document.struct('TBody');
    table.add(head);
    table.add(body);
    const titles = this.cells(
      columns,
      columns.map(({ title }) => title),
      STYLES.strong,
    );
    this.row(head, titles, { columns, scope: 'Column', style: STYLES.strong });
    const measured = rows.map((row, index) => {
      const style = index >= rows.length - sums ? STYLES.strong : STYLES.text;
      return { style, cells: this.cells(columns, row, style) };
    });
    const lastKept = Math.max(0, measured.length - KEPT_ROWS);
    const end = measured.slice(lastKept).reduce((sum, { cells }) => sum + this.heightOfRow(cells), followedBy);
    for (const [index, { cells, style }] of measured.entries()) {
      const isNewPage = this.keep(index === lastKept ? end : this.heightOfRow(cells));
      if (isNewPage) this.repeatHeadings(titles, columns);
      this.row(body, cells, { columns, scope: 'Row', style });
    }
    table.end();
    this.y += 4;
  }

  /** Height of `signatures`, to be kept with what is signed. */
  signaturesHeight(text: string): number {
    return 24 + this.heightOf(this.type.lines(text, PDF_WIDTH, STYLES.text), STYLES.text) + 50 + 16;
  }

  /** What is confirmed, and a line for each who signs. */
  signatures(text: string, signers: readonly [string, string]): void {
    this.keep(this.signaturesHeight(text));
    this.y += 24;
    this.paragraph(text);
    this.y += 48;
    const { y } = this;
    for (const [index, signer] of signers.entries()) {
      const x = MARGIN + index * 255;
      this.artifact(() => this.rule(x, y, 225));
      const [line] = this.type.lines(signer, 225, STYLES.small);
      this.root.add(
        this.document.struct('P', {}, () => {
          if (line) this.type.draw(line, { x, y: y + 4 }, STYLES.small);
        }),
      );
    }
    this.y += 16;
  }

  /** Writes the foot of each page and ends the file. */
  end(foot: (page: number, pages: number) => { left: string; right: string }): Promise<Buffer> {
    const { count } = this.document.bufferedPageRange();
    for (let index = 0; index < count; index++) {
      this.document.switchToPage(index);
      const { left, right } = foot(index + 1, count);
      const y = this.document.page.height - 40;
      this.artifact(() => {
        const [name] = this.type.lines(left, 360, STYLES.small);
        const [page] = this.type.lines(right, 100, STYLES.small);
        if (name) this.type.draw(name, { x: MARGIN, y }, STYLES.small);
        if (page) this.type.draw(page, { x: MARGIN + PDF_WIDTH - page.width, y }, STYLES.small);
      });
    }
    this.root.end();
    this.document.end();
    return this.done;
  }

  private block(tag: 'H1' | 'H2' | 'P', lines: readonly Line[], style: TextStyle): void {
    const { y } = this;
    const height = this.type.lineHeight(style);
    this.root.add(
      this.document.struct(tag, {}, () => {
        for (const [index, line] of lines.entries()) this.type.draw(line, { x: MARGIN, y: y + index * height }, style);
      }),
    );
    this.y += this.heightOf(lines, style);
  }

  private row(
    parent: PDFKit.PDFStructureElement,
    cells: readonly Line[][],
    { columns, scope, style }: { columns: readonly Column[]; scope: 'Column' | 'Row'; style: TextStyle },
  ): void {
    const row = this.document.struct('TR');
    parent.add(row);
    this.drawCells(cells, columns, style, (index, draw) => {
      const isHeading = scope === 'Column' || index === 0;
      row.add(isHeading ? this.document.struct('TH', { scope } as object, draw) : this.document.struct('TD', {}, draw));
    });
    this.endRow(cells, columns);
  }

  /** On a further page: to be seen, not to be heard again. */
  private repeatHeadings(cells: readonly Line[][], columns: readonly Column[]): void {
    this.artifact(() => this.drawCells(cells, columns, STYLES.strong, (_, draw) => draw()));
    this.endRow(cells, columns);
  }

  private endRow(cells: readonly Line[][], columns: readonly Column[]): void {
    this.y += this.heightOfRow(cells);
    const width = columns.reduce((sum, column) => sum + column.width, 0);
    this.artifact(() => this.rule(MARGIN, this.y, width));
  }

  private drawCells(
    cells: readonly Line[][],
    columns: readonly Column[],
    style: TextStyle,
    tagged: (index: number, draw: () => void) => void,
  ): void {
    const { y } = this;
    const height = this.type.lineHeight(style);
    let x = MARGIN;
    for (const [index, { width, isNumber }] of columns.entries()) {
      const left = x;
      tagged(index, () => {
        for (const [number, line] of (cells[index] ?? []).entries()) {
          const start = isNumber ? left + width - CELL.gap - line.width : left;
          this.type.draw(line, { x: start, y: y + CELL.padding + number * height }, style);
        }
      });
      x += width;
    }
  }

  private cells(columns: readonly Column[], row: readonly string[], style: TextStyle): Line[][] {
    return columns.map(({ width }, index) => this.type.lines(row[index] ?? '', width - CELL.gap, style));
  }

  /** Begins a page unless the height is left on this one; says whether it did. */
  private keep(height: number): boolean {
    if (this.y + height <= this.document.page.height - BOTTOM) return false;
    this.document.addPage();
    this.y = TOP;
    return true;
  }

  private heightOfRow(cells: readonly Line[][]): number {
    return this.rowHeight(Math.max(...cells.map(({ length }) => length)));
  }

  private rowHeight(lines: number): number {
    return lines * this.type.lineHeight(STYLES.text) + 2 * CELL.padding;
  }

  private heightOf(lines: readonly Line[], style: TextStyle): number {
    return lines.length * this.type.lineHeight(style);
  }

  private rule(x: number, y: number, width: number): void {
    this.document
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(0.4)
      .strokeColor('#767676')
      .stroke();
  }

  /** What a reader aloud passes over. */
  private artifact(draw: () => void): void {
    this.document.markContent('Artifact');
    draw();
    this.document.endMarkedContent();
  }
}
