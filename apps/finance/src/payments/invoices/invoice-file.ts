import { AppError, DOCUMENT_BYTES_MAX } from '#contracts';
import type { ParsingTask } from '../../files/file-parsing/parsing-task';
import { limitExceeded } from '../../files/xml/bounded-xml';
import { type XmlRecordLimits, XmlTree } from '../../files/xml/xml-tree';
import { termsOf } from './invoice-element';
import { type InvoiceTerms, NOTHING_READ } from './invoice-values';

/** Invoices of some thousand lines; nothing in EN 16931 is nested deeper than about ten. */
const LIMITS: XmlRecordLimits = {
  depth: 30,
  elements: 200_000,
  elementsAtOnce: 200_000,
  attributes: 50,
  nameCharacters: 200,
  attributeCharacters: 10_000,
  textCharacters: 100_000,
  commentCharacters: 100_000,
};
/** What the invoice in a PDF is called: Factur-X 1.0, ZUGFeRD 2, ZUGFeRD 1, XRechnung in ZUGFeRD. */
const NAMES = ['factur-x.xml', 'zugferd-invoice.xml', 'xrechnung.xml'];
const PDF = '%PDF-';
/** An attachment expands; what is larger than any invoice is none. */
const ATTACHMENT_BYTES_MAX = DOCUMENT_BYTES_MAX;

/** Reads the invoice in a document: XML itself, or XML within a PDF. A PDF or picture without one is no fault. */
export const invoiceFile: ParsingTask<never, InvoiceTerms> = {
  name: 'invoice',
  async parse(file) {
    const parts: Buffer[] = [];
    for await (const part of file) parts.push(part);
    const bytes = Buffer.concat(parts);
    if (bytes.length > DOCUMENT_BYTES_MAX) throw limitExceeded({ limit: 'bytes', max: DOCUMENT_BYTES_MAX });
    const xml = bytes.subarray(0, PDF.length).toString('latin1') === PDF ? await attachedTo(bytes) : xmlIn(bytes);
    return xml === undefined ? NOTHING_READ : termsIn(xml);
  },
};

function termsIn(xml: Uint8Array): InvoiceTerms {
  const tree = new XmlTree(LIMITS, { records: new Set(), take: () => undefined }, unreadable);
  tree.push(new TextDecoder('utf-8').decode(xml));
  return termsOf(tree.finish());
}

function xmlIn(bytes: Buffer): Buffer | undefined {
  const beginning = bytes.subarray(0, 256).toString('latin1');
  return /^(?:\xef\xbb\xbf)?\s*</.test(beginning) ? bytes : undefined;
}

/** The invoice that stands in a PDF. One that the library cannot read is shown to a person all the same: it is typed. */
async function attachedTo(pdf: Buffer): Promise<Uint8Array | undefined> {
  // Loaded with the first PDF: most files that this process reads are none.
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  const attachments = await PDFDocument.load(pdf, { updateMetadata: false, ignoreEncryption: true })
    .then((document) => document.getAttachments())
    .catch(() => []);
  const found = attachments.find(({ name }) => NAMES.includes(name.toLowerCase()));
  if (found && found.data.length > ATTACHMENT_BYTES_MAX) {
    throw limitExceeded({ limit: 'bytes', max: ATTACHMENT_BYTES_MAX, element: found.name.slice(0, 100) });
  }
  return found?.data;
}

function unreadable(path: string, detail: string): AppError {
  return new AppError('FINANCE_INVOICE_UNREADABLE', { path, detail });
}
