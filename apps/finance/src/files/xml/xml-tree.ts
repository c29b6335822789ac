import type { AppError } from '#contracts';
import { BoundedXml, type XmlHandler, type XmlLimits, type XmlTag } from './bounded-xml';
import { XmlElement } from './xml-element';

/** Limits of a document whose records are taken one by one. */
export interface XmlRecordLimits extends XmlLimits {
  /** Elements in memory at a time: those of one record, and of what stands around the records. */
  readonly elementsAtOnce: number;
}

export interface XmlRecords {
  /** Elements that are handed out as soon as they end, innermost first, and forgotten then. */
  readonly records: ReadonlySet<string>;
  take(element: XmlElement): void;
  /** Hears the document as it is read, before the tree does. */
  readonly listener?: XmlHandler;
  comment?(comment: string): void;
  /** Whether the text was read in that encoding; see BoundedXml. */
  readonly isReadIn?: (encoding: string) => boolean;
}

/** Reads a document record by record: in memory is the one that is being read, and what stands around it. */
export class XmlTree {
  private readonly xml: BoundedXml;
  private readonly open: { readonly element: XmlElement; readonly heldBefore: number }[] = [];
  private held = 0;
  private root: XmlElement | undefined;

  constructor(
    private readonly limits: XmlRecordLimits,
    private readonly parts: XmlRecords,
    unreadable: (path: string, detail: string) => AppError,
  ) {
    this.xml = new BoundedXml(limits, this.handler(), unreadable, parts.isReadIn);
  }

  push(text: string): void {
    this.xml.push(text);
  }

  /** The root with what was not taken of it. */
  finish(): XmlElement {
    this.xml.finish();
    // The parser refuses a document without a root before.
    if (!this.root) throw new Error('a document without a root');
    return this.root;
  }

  /** What encloses the element that is being read, the root first. */
  get ancestors(): readonly XmlElement[] {
    return this.open.map(({ element }) => element);
  }

  private handler(): XmlHandler {
    const { listener } = this.parts;
    return {
      open: (tag) => {
        listener?.open(tag);
        this.begin(tag);
      },
      text: (text) => {
        listener?.text(text);
        this.addText(text);
      },
      close: () => {
        listener?.close();
        this.end();
      },
      comment: (comment) => this.parts.comment?.(comment),
    };
  }

  private begin(tag: XmlTag): void {
    const parent = this.open.at(-1)?.element;
    const element = new XmlElement(tag, parent, this.parts.records.has(tag.name));
    this.root ??= element;
    this.open.push({ element, heldBefore: this.held });
    this.held += 1;
    if (this.held > this.limits.elementsAtOnce) throw this.xml.exceeded('elementsAtOnce', this.limits.elementsAtOnce);
  }

  private addText(text: string): void {
    const element = this.open.at(-1)?.element;
    // Between elements stand blanks only; where a document has more, nobody asks for it.
    if (!element || element.hasChildren) return;
    element.append(text);
    if (element.ownText.length > this.limits.textCharacters) {
      throw this.xml.exceeded('textCharacters', this.limits.textCharacters);
    }
  }

  private end(): void {
    const ended = this.open.pop();
    if (!ended?.element.isRecord) return;
    this.parts.take(ended.element);
    ended.element.leaveParent();
    this.held = ended.heldBefore;
  }
}
