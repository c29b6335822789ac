import { Link } from 'react-router';
import type { InvoiceReading } from '#contracts/finance';
import { ibanText } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { DocumentLink } from '../../ui/document-link';
import { Facts } from '../../ui/facts';
import { Notice } from '../../ui/notice';
import { Day, Money } from '../../ui/values';
import { invoiceTexts } from './texts';

/** What a machine read in a document, beside the form in which a person confirms it. */
export function Reading({ reading }: { readonly reading: InvoiceReading }) {
  const { form: t, formats, findings, look, toDuplicate, reading: words } = useTexts(invoiceTexts);
  const { format, supplier, payeeName, iban, duplicateOf, documentId } = reading;
  const isRead = format !== 'NONE';
  return (
    <section className="part" aria-label={t.reading}>
      <p className="kern-body">{isRead ? t.readingIs(formats[format]) : t.readingNone}</p>
      <p>
        <DocumentLink documentId={documentId}>{t.compare}</DocumentLink>
      </p>
      {reading.findings.length > 0 && (
        <Notice tone="warning" title={look}>
          <ul className="kern-body">
            {reading.findings.map((finding) => (
              <li key={finding}>{findings[finding]}</li>
            ))}
          </ul>
          {duplicateOf !== null && (
            <Link className="kern-link" to={`/money/invoices/${duplicateOf}`}>
              {toDuplicate}
            </Link>
          )}
        </Notice>
      )}
      {isRead && (
        <Facts
          facts={[
            { label: words.seller, value: supplier?.name ?? '–' },
            { label: words.vatId, value: supplier?.vatId ?? '–' },
            { label: words.address, value: addressOf(supplier) },
            ...(payeeName === null ? [] : [{ label: words.payee, value: payeeName }]),
            { label: words.account, value: iban === null ? '–' : <span className="written">{ibanText(iban)}</span> },
            { label: t.number, value: reading.number ?? '–' },
            { label: t.issuedOn, value: reading.issuedOn ? <Day value={reading.issuedOn} /> : '–' },
            { label: t.dueOn, value: reading.dueOn ? <Day value={reading.dueOn} /> : '–' },
            { label: t.net, value: reading.net ? <Money value={reading.net} /> : '–' },
            { label: t.vat, value: reading.vat ? <Money value={reading.vat} /> : '–' },
            { label: t.total, value: reading.total ? <Money value={reading.total} /> : '–' },
            { label: t.buyerReference, value: reading.buyerReference ?? '–' },
            { label: t.paymentReference, value: reading.paymentReference ?? '–' },
          ]}
        />
      )}
    </section>
  );
}

function addressOf(supplier: InvoiceReading['supplier']): string {
  const { street, postCode, town, country } = supplier ?? {};
  const parts = [street, [postCode, town].filter(Boolean).join(' '), country].filter(Boolean);
  return parts.length === 0 ? '–' : parts.join(', ');
}
