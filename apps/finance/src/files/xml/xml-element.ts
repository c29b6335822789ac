import type { XmlTag } from './bounded-xml';

/** An element with what is in it, as far as nobody has taken it away; the questions of the readers of files go to it. */
export class XmlElement {
  private readonly children: XmlElement[] = [];
  private records = 0;
  private text = '';
  /** Counts the records of one parent, those that were taken included. */
  private readonly number: number;

  constructor(
    private readonly tag: XmlTag,
    private readonly parent: XmlElement | undefined,
    readonly isRecord: boolean,
  ) {
    if (parent && isRecord) parent.records += 1;
    this.number = parent?.records ?? 0;
    parent?.children.push(this);
  }

  get name(): string {
    return this.tag.name;
  }

  get namespace(): string {
    return this.tag.namespace;
  }

  /** `/Document/BkToCstmrStmt/Stmt[1]/Ntry[7]/Amt`. */
  get path(): string {
    return `${this.parent?.path ?? ''}/${this.name}${this.isRecord ? `[${this.number}]` : ''}`;
  }

  get line(): number {
    return this.tag.line;
  }

  get hasChildren(): boolean {
    return this.children.length > 0;
  }

  /** The text that stands in it before any child, as it was written. */
  get ownText(): string {
    return this.text;
  }

  append(text: string): void {
    this.text += text;
  }

  /** The last child goes: the one that has just ended. */
  leaveParent(): void {
    this.parent?.children.pop();
  }

  attribute(name: string): string | undefined {
    return this.tag.attributes.get(name);
  }

  /** The first element below, through several levels: `find('Refs', 'EndToEndId')`. */
  find(...names: readonly string[]): XmlElement | undefined {
    return names.reduce<XmlElement | undefined>(
      (found, name) => found?.children.find((child) => child.name === name),
      this,
    );
  }

  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  /** The trimmed text below; null when there is none. */
  textAt(...names: readonly string[]): string | null {
    const text = this.find(...names)?.text.trim() ?? '';
    return text === '' ? null : text;
  }
}
