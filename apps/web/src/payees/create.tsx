import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { useWatch } from 'react-hook-form';
import { createPayee } from '#contracts/finance';
import { type AssignmentView, getAssignment } from '#contracts/staffing';
import { useCountries } from '../api/countries';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { accountOf, type AccountValues, NEW_ACCOUNT } from './account';
import { AccountFields } from './account-fields';
import { OwnerFields } from './owner-fields';
import { payeeTexts } from './texts';

interface Values extends AccountValues {
  readonly kind: string;
  readonly expertId: string;
  readonly municipalityId: string;
  readonly name: string;
  readonly address: { readonly town: string; readonly country: string };
}

type Owner = Pick<Values, 'kind' | 'expertId' | 'municipalityId'>;

const NOBODY: Owner = { kind: '', expertId: '', municipalityId: '' };

/** Who is paid for an assignment, where the page is opened from one; else the person says for whom. */
export function CreatePayeePage() {
  const [parameters] = useSearchParams();
  const assignmentId = parameters.get('assignment');
  const kind = parameters.get('kind');
  return assignmentId === null ? <Create owner={NOBODY} /> : <CreateFor assignmentId={assignmentId} kind={kind} />;
}

interface CreateForProps {
  readonly assignmentId: string;
  /** Whom a payment waits for; a journey is paid to the person whatever the instrument. */
  readonly kind: string | null;
}

function CreateFor({ assignmentId, kind }: CreateForProps) {
  const query = useQuery(read(getAssignment, { assignmentId }));
  return <Loaded query={query}>{(assignment) => <Create owner={ownerOf(assignment, kind)} />}</Loaded>;
}

/** The instalments of a local expert go to the employer, all others to the person (docs/domain.md#instruments). */
function ownerOf({ instrument, expertId, employerMunicipalityId }: AssignmentView, kind: string | null): Owner {
  const isEmployer = kind === null ? instrument === 'LOCAL_EXPERT' : kind === 'MUNICIPALITY';
  return isEmployer
    ? { ...NOBODY, kind: 'MUNICIPALITY', municipalityId: employerMunicipalityId }
    : { ...NOBODY, kind: 'EXPERT', expertId };
}

function Create({ owner }: { readonly owner: Owner }) {
  const { create: t, list } = useTexts(payeeTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const countries = useCountries();
  const state = useOperationForm(createPayee, {
    defaults: {
      ...owner,
      ...NEW_ACCOUNT,
      name: '',
      address: { street: '', buildingNumber: '', postCode: '', town: '', country: '' },
    },
    request: ({ kind, expertId, municipalityId, name, address, ...account }: Values) => ({
      kind: kind as 'EXPERT',
      ...(kind === 'EXPERT' && { expertId }),
      ...(kind === 'MUNICIPALITY' && { municipalityId }),
      name,
      address,
      bankAccount: accountOf(account),
    }),
    onDone: ({ id }) => {
      tell(t.done);
      void navigate(`/payees/${id}`);
    },
  });
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/payees' }]}>
      <FormFrame state={state}>
        <fieldset className="part">
          <legend>{t.who}</legend>
          <OwnerFields isGiven={owner.kind !== ''} />
          <TextField name="name" label={t.name} hint={t.nameHint} />
        </fieldset>
        <fieldset className="part">
          <legend>{t.address}</legend>
          <TextField name="address.street" label={t.street} isOptional />
          <TextField name="address.buildingNumber" label={t.buildingNumber} isOptional />
          <TextField name="address.postCode" label={t.postCode} isOptional />
          <TextField name="address.town" label={t.place} />
          <SelectField name="address.country" label={t.country} choices={countries} />
        </fieldset>
        <fieldset className="part">
          <legend>{t.account}</legend>
          <AccountOfName />
        </fieldset>
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to="/payees">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function AccountOfName() {
  return <AccountFields name={String(useWatch({ name: 'name' }) ?? '').trim()} />;
}
