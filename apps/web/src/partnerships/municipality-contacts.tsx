import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  listMunicipalityContacts,
  type MunicipalityContactView,
  type MunicipalityView,
  recordMunicipalityContact,
  withdrawMunicipalityContact,
} from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { Button } from '../ui/button';
import { DayField, TextArea, TextField } from '../ui/inputs';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Instant } from '../ui/values';
import { municipalityTexts } from './municipality-texts';

/** Whom to talk to, while they consent; of those who do not any more only that there was somebody. */
export function MunicipalityContacts({ municipality }: { readonly municipality: MunicipalityView }) {
  const { contacts: t } = useTexts(municipalityTexts);
  const { roles } = useSession();
  const query = useQuery(read(listMunicipalityContacts, { municipalityId: municipality.id }));
  const mayRecord = municipality.endedOn === null && mayCall(recordMunicipalityContact, roles);
  return (
    <Section title={t.title} acts={mayRecord && <Record municipality={municipality} />}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.none}
        columns={[
          { title: t.name, isHeading: true, cell: ({ person }) => person?.name ?? t.deleted },
          { title: t.function, cell: ({ person }) => person?.function ?? '–' },
          { title: t.email, cell: ({ person }) => (person ? <Mail address={person.email} /> : '–') },
          { title: t.consent, cell: (contact) => <Consent municipality={municipality} contact={contact} /> },
        ]}
      />
    </Section>
  );
}

function Mail({ address }: { readonly address: string }) {
  return (
    <a className="kern-link" href={`mailto:${address}`}>
      {address}
    </a>
  );
}

function Consent({
  municipality: { id, version },
  contact,
}: {
  readonly municipality: MunicipalityView;
  readonly contact: MunicipalityContactView;
}) {
  const { contacts: t } = useTexts(municipalityTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const { person, givenOn, until, withdrawnAt } = contact;
  return (
    <div>
      {t.given(dayText(givenOn, language))}
      {until !== null && `, ${t.untilDay(dayText(lastDayOf(until), language))}`}
      {person !== null && person.evidence !== null && (
        <div className="kern-body kern-body--small">{person.evidence}</div>
      )}
      {withdrawnAt !== null && (
        <div>
          {t.withdrawn} <Instant value={withdrawnAt} />
        </div>
      )}
      {person !== null && mayCall(withdrawMunicipalityContact, roles) && (
        <Button rank="tertiary" aria-label={t.withdrawOne(person.name)} onClick={() => setOpen(true)}>
          {t.withdraw}
        </Button>
      )}
      {isOpen && (
        <ActDialog
          act={act({
            operation: withdrawMunicipalityContact,
            label: t.withdraw,
            done: t.withdrawDone,
            ask: t.withdrawAsk,
            fixed: { municipalityId: id, contactId: contact.id },
            fields: {},
          })}
          version={version}
          seen={{}}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function Record({ municipality: { id, version } }: { readonly municipality: MunicipalityView }) {
  const { contacts: t } = useTexts(municipalityTexts);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.record}</Button>
      {isOpen && (
        <ActDialog
          act={act({
            operation: recordMunicipalityContact,
            label: t.record,
            done: t.recordDone,
            ask: t.recordAsk,
            fixed: { municipalityId: id },
            fields: {
              person: { label: t.name, initial: { name: '', function: '', email: '' }, render: () => <PersonFields /> },
              consent: {
                label: t.consent,
                initial: { givenOn: '', evidence: '', until: '' },
                render: () => <ConsentFields />,
              },
            },
          })}
          version={version}
          seen={{}}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function PersonFields() {
  const { contacts: t } = useTexts(municipalityTexts);
  return (
    <>
      <TextField name="person.name" label={t.name} />
      <TextField name="person.function" label={t.function} />
      <TextField name="person.email" label={t.email} />
    </>
  );
}

function ConsentFields() {
  const { contacts: t } = useTexts(municipalityTexts);
  return (
    <>
      <DayField name="consent.givenOn" label={t.givenOn} />
      <TextArea name="consent.evidence" label={t.evidence} hint={t.evidenceHint} rows={2} />
      <DayField name="consent.until" label={t.until} hint={t.untilHint} isOptional />
    </>
  );
}
