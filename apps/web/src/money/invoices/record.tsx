import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { RequestInputOf } from '#contracts';
import {
  createPayee,
  type InvoiceReading,
  listCommitments,
  listFunds,
  listPayees,
  readInvoice,
  recordSupplierInvoice,
} from '#contracts/finance';
import { listEvents } from '#contracts/events';
import { keepAtFinance } from '../../api/documents';
import { useKeepDraft } from '../../api/drafts';
import { mayCall } from '../../api/may';
import { useAssignmentNames } from '../../api/names';
import { read, readAll } from '../../api/query';
import { useSession } from '../../api/use-session';
import { common } from '../../i18n/common';
import { localized } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { DocumentField } from '../../ui/document-field';
import { choicesOf, DayField, MoneyField, SelectField, TextField } from '../../ui/inputs';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { moneyTexts } from '../texts';
import { Reading } from './reading';
import { invoiceTexts } from './texts';

type Request = RequestInputOf<typeof recordSupplierInvoice>;
type Amount = { readonly amount: string; readonly currency: string };
type Values = Omit<Request, 'id' | 'category' | 'net' | 'vat' | 'prepaid' | 'total'> & {
  readonly category: string;
  readonly net: Amount;
  readonly vat: Amount;
  readonly prepaid: Amount;
  readonly total: Amount;
};

const NOTHING: Amount = { amount: '', currency: 'EUR' };
const EMPTY: Values = {
  documentId: '',
  fundId: '',
  category: '',
  subject: '',
  payeeId: '',
  number: '',
  issuedOn: '',
  dueOn: '',
  net: NOTHING,
  vat: NOTHING,
  prepaid: NOTHING,
  total: NOTHING,
  buyerReference: '',
  paymentReference: '',
  assignmentId: '',
  eventId: '',
};
const DRAFT = 'supplier-invoice';

/** Takes the document of an invoice, proposes what stands in it, and lets a person confirm it. */
export function RecordInvoicePage() {
  const [parameters] = useSearchParams();
  const eventId = parameters.get('event');
  return (
    <WithDraft name={DRAFT} otherwise={EMPTY}>
      {(values) => <RecordInvoice values={eventId === null ? values : { ...values, eventId }} />}
    </WithDraft>
  );
}

function RecordInvoice({ values }: { readonly values: Values }) {
  const t = useTexts(invoiceTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(recordSupplierInvoice, {
    defaults: values,
    request: ({ prepaid, ...rest }: Values) =>
      ({ ...rest, ...(prepaid?.amount !== undefined && { prepaid }) }) as Request,
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.form.done);
      void navigate(`/money/invoices/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.create, address: '/money/invoices/new' });
  return (
    <Page title={t.create} crumbs={[{ label: t.title, to: '/money/invoices' }]} lead={t.form.lead}>
      <FormFrame state={state}>
        <DocumentField name="documentId" label={t.form.file} hint={t.form.fileHint} keep={keepAtFinance} />
        <Read />
        <InvoiceFields />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.form.submit}
          </Button>
          <LinkButton to="/money/invoices">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

/** What the document says. It goes into the fields when it has come; what a person typed stays, what another document said before does not. */
function Read() {
  const documentId = useWatch({ name: 'documentId' }) as string;
  const query = useQuery({ ...read(readInvoice, { documentId }), enabled: documentId !== '', staleTime: Infinity });
  const { getValues, setValue } = useFormContext<Values>();
  const { data } = query;
  const before = useRef<Record<string, string>>({});
  useEffect(() => {
    if (data === undefined) return;
    const proposed = proposedBy(data);
    for (const name of Object.keys({ ...before.current, ...proposed })) {
      const at = name as 'number';
      if (['', before.current[name]].includes(getValues(at))) setValue(at, proposed[name] ?? '', { shouldDirty: true });
    }
    before.current = proposed;
  }, [data, getValues, setValue]);
  if (documentId === '') return null;
  return <Loaded query={query}>{(reading) => <Reading reading={reading} />}</Loaded>;
}

function proposedBy(reading: InvoiceReading): Record<string, string> {
  const { number, issuedOn, dueOn, net, vat, prepaid, total, buyerReference, paymentReference, payees } = reading;
  const [payee, ...others] = payees;
  return Object.fromEntries(
    Object.entries({
      number,
      issuedOn,
      dueOn,
      'net.amount': net?.amount,
      'vat.amount': vat?.amount,
      'prepaid.amount': prepaid?.amount,
      'total.amount': total?.amount,
      buyerReference,
      paymentReference,
      payeeId: others.length === 0 ? payee?.id : undefined,
    }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

function InvoiceFields() {
  const { form: t } = useTexts(invoiceTexts);
  const { categories } = useTexts(moneyTexts);
  const { roles } = useSession();
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  const { data: payees = [] } = useQuery(readAll(listPayees, { kind: 'SUPPLIER' }));
  const fundId = useWatch({ name: 'fundId' }) as string;
  return (
    <>
      <SelectField
        name="payeeId"
        label={t.supplier}
        hint={t.supplierHint}
        choices={payees.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {mayCall(createPayee, roles) && (
        <Link className="kern-link" to="/payees/new">
          {t.newSupplier}
        </Link>
      )}
      <TextField name="number" label={t.number} />
      <div className="repeated">
        <DayField name="issuedOn" label={t.issuedOn} />
        <DayField name="dueOn" label={t.dueOn} />
      </div>
      <MoneyField name="net" label={t.net} currency="EUR" />
      <MoneyField name="vat" label={t.vat} currency="EUR" />
      <MoneyField name="prepaid" label={t.prepaid} currency="EUR" isOptional />
      <MoneyField name="total" label={t.total} currency="EUR" />
      <SelectField name="fundId" label={t.fund} choices={funds.map(({ id, name }) => ({ value: id, label: name }))} />
      <SelectField name="category" label={t.category} choices={choicesOf(categories)} />
      <TextField name="subject" label={t.subject} hint={t.subjectHint} />
      <TextField name="paymentReference" label={t.paymentReference} isOptional />
      <TextField name="buyerReference" label={t.buyerReference} isOptional />
      {fundId !== '' && <AssignmentField fundId={fundId} />}
      <EventField />
    </>
  );
}

/** Of what was published; what is over has its last invoices still to come. */
const WITH_COSTS = 'PUBLISHED,REGISTRATION_CLOSED,RUNNING,HELD,SETTLED,POSTPONED,CANCELLED';

function EventField() {
  const { form: t } = useTexts(invoiceTexts);
  const { data: events = [] } = useQuery(readAll(listEvents, { status: WITH_COSTS }));
  const language = useLanguage();
  return (
    <SelectField
      name="eventId"
      label={t.event}
      isOptional
      empty={t.noEvent}
      choices={events.map(({ id, title }) => ({ value: id, label: localized(title, language) }))}
    />
  );
}

const COMMITMENTS_MAX = 100;

function AssignmentField({ fundId }: { readonly fundId: string }) {
  const { form: t } = useTexts(invoiceTexts);
  const { nameOf: name, expert } = useTexts(moneyTexts);
  const { data } = useQuery(read(listCommitments, { fundId, status: 'COMMITTED', limit: COMMITMENTS_MAX }));
  const ids = [...new Set(data?.items.map(({ assignmentId }) => assignmentId))];
  const nameOf = useAssignmentNames(ids, name, expert);
  return (
    <SelectField
      name="assignmentId"
      label={t.assignment}
      isOptional
      empty={t.noAssignment}
      choices={ids.map((id) => ({ value: id, label: nameOf(id) }))}
    />
  );
}
