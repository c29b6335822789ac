import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useParams } from 'react-router';
import {
  getPayee,
  listBankAccountChanges,
  listPaymentAnswers,
  listScreenings,
  type PayeeView,
  proposeBankAccountChange,
  screenPayee,
} from '#contracts/finance';
import { getMunicipality } from '#contracts/partnership';
import { getExpert } from '#contracts/staffing';
import { mayCall } from '../api/may';
import { useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { accountText, countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act, type Act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { Button } from '../ui/button';
import { Facts } from '../ui/facts';
import { Page, Section } from '../ui/page';
import { PaymentAnswers } from '../ui/payment-answers';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { AccountChanges, Frozen } from './account-changes';
import { ProposeChange } from './propose-change';
import { Screenings } from './screenings';
import { payeeTexts } from './texts';

export function PayeePage() {
  const { payeeId = '' } = useParams();
  const query = useQuery(read(getPayee, { payeeId }));
  return <Loaded query={query}>{(payee) => <Detail payee={payee} />}</Loaded>;
}

const ANSWERS_SHOWN = 10;

function Detail({ payee }: { readonly payee: PayeeView }) {
  const { list, types } = useTexts(payeeTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const { id, name, paymentType } = payee;
  const seesChanges = mayCall(listBankAccountChanges, roles);
  return (
    <Page
      title={name}
      crumbs={[{ label: list.title, to: '/payees' }]}
      tag={<StatusTag tone="neutral">{types[paymentType]}</StatusTag>}
      acts={<PayeeActs payee={payee} />}
    >
      {seesChanges && <Frozen payeeId={id} />}
      <div className="columns">
        <div className="page">
          <Account payee={payee} />
          {seesChanges && <AccountChanges payeeId={id} />}
        </div>
        <div className="page">
          <KeyFacts payee={payee} />
          {mayCall(listScreenings, roles) && <Screenings payeeId={id} />}
          {mayCall(listPaymentAnswers, roles) && (
            <Section title={words.paymentAnswers.title}>
              <PaymentAnswers filter={{ payeeId: id, limit: ANSWERS_SHOWN }} />
            </Section>
          )}
        </div>
      </div>
    </Page>
  );
}

/** What makes something new at a payee: it is offered by the `allow` of its declaration. */
function PayeeActs({ payee }: { readonly payee: PayeeView }) {
  const { acts } = useTexts(payeeTexts);
  const { roles } = useSession();
  const [open, setOpen] = useState<'change' | Act>();
  const screen = act({ operation: screenPayee, ...acts.screen, fixed: { payeeId: payee.id }, fields: {} });
  const close = () => setOpen(undefined);
  return (
    <div className="buttons">
      {mayCall(proposeBankAccountChange, roles) && (
        <Button onClick={() => setOpen('change')}>{acts.change.label}</Button>
      )}
      {mayCall(screenPayee, roles) && <Button onClick={() => setOpen(screen)}>{screen.label}</Button>}
      {open === 'change' && <ProposeChange payee={payee} onClose={close} />}
      {open !== undefined && open !== 'change' && (
        <ActDialog act={open} version={undefined} seen={{}} onClose={close} />
      )}
    </div>
  );
}

function Account({ payee: { bankAccount } }: { readonly payee: PayeeView }) {
  const { page, account: t } = useTexts(payeeTexts);
  const { holder, bic, currency } = bankAccount;
  return (
    <Section title={page.account}>
      <Facts
        facts={[
          { label: t.holder, value: holder },
          { label: t.number, value: accountText(bankAccount) },
          ...(bic === null ? [] : [{ label: t.bic, value: bic }]),
          { label: t.currency, value: currency },
        ]}
      />
    </Section>
  );
}

function KeyFacts({ payee: { kind, expertId, municipalityId, address } }: { readonly payee: PayeeView }) {
  const { page, create, kinds, expert } = useTexts(payeeTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const townName = useMunicipalityNames(municipalityId === null ? [] : [municipalityId]);
  const { street, buildingNumber, postCode, town, country } = address;
  const lines = [
    [street, buildingNumber].filter(Boolean).join(' '),
    [postCode, town].filter(Boolean).join(' '),
    countryName(country, language),
  ];
  const owner: ReactNode =
    expertId !== null && mayCall(getExpert, roles) ? (
      <Link className="kern-link" to={`/experts/${expertId}`}>
        {expert}
      </Link>
    ) : municipalityId !== null && mayCall(getMunicipality, roles) ? (
      <Link className="kern-link" to={`/municipalities/${municipalityId}`}>
        {townName(municipalityId)}
      </Link>
    ) : null;
  return (
    <Section title={page.facts}>
      <Facts
        facts={[
          { label: create.kind, value: kinds[kind] },
          ...(owner ? [{ label: page.owner, value: owner }] : []),
          { label: create.address, value: <span className="written">{lines.filter(Boolean).join('\n')}</span> },
        ]}
      />
    </Section>
  );
}
