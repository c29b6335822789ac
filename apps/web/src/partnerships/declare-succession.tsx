import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useNavigate, useParams } from 'react-router';
import {
  declareSuccession,
  getMunicipality,
  listMunicipalities,
  listRegisterEntries,
  type MunicipalityView,
  type RegisterEntryView,
  type Side,
  type SuccessionKind,
} from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { shortName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { Fault, useMessage } from '../ui/field';
import { DayField, RadioField, TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { NameFields } from './municipality-acts';
import { municipalityTexts } from './municipality-texts';

export function DeclareSuccessionPage() {
  const { municipalityId = '' } = useParams();
  const query = useQuery(read(getMunicipality, { municipalityId }));
  return <Loaded query={query}>{(municipality) => <Declare municipality={municipality} />}</Loaded>;
}

interface Values {
  readonly kind?: string;
  readonly on?: string;
  readonly reason?: string;
  readonly names?: { readonly official: string };
}

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
}

const MATCHES_SHOWN = 8;

/** Which municipalities know which kinds: only what stands in the register has a key or a district that may change. */
function kindsOf({ registered }: { readonly registered: boolean }): readonly SuccessionKind[] {
  return ['MERGER', 'SPLIT', 'RENAMING', ...(registered ? (['RENUMBERING', 'DISTRICT_CHANGE'] as const) : [])];
}

function asks(kind: string | undefined, registered: boolean): 'successors' | 'entry' | 'names' | undefined {
  if (kind === 'MERGER' || kind === 'SPLIT') return 'successors';
  if (kind === undefined || kind === '') return undefined;
  return registered ? 'entry' : 'names';
}

function Declare({ municipality }: { readonly municipality: MunicipalityView }) {
  const { succession: t, list } = useTexts(municipalityTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const { id, version, side, kind: sort, name, names } = municipality;
  const address = `/municipalities/${id}`;
  const registered = side === 'DE' && sort !== 'ASSOCIATION';
  const [successors, setSuccessors] = useState<readonly Choice[]>([]);
  const [entry, setEntry] = useState<Choice>();
  const state = useOperationForm(declareSuccession, {
    defaults: {
      kind: '',
      on: '',
      reason: '',
      names: { official: names.official, local: names.local ?? '', latin: names.latin ?? '' },
    },
    request: (values: Values) => {
      const asked = asks(values.kind, registered);
      return {
        municipalityId: id,
        kind: values.kind as SuccessionKind,
        on: values.on ?? '',
        reason: values.reason ?? '',
        ...(asked === 'successors' && { successorIds: successors.map(({ key }) => key) }),
        ...(asked === 'entry' && { officialKey: entry?.key ?? '' }),
        ...(asked === 'names' && { names: values.names ?? { official: '' } }),
      };
    },
    version,
    onDone: () => {
      tell(t.done);
      void navigate(address);
    },
  });
  const crumbs = [
    { label: list.title, to: '/municipalities' },
    { label: shortName(name), to: address },
  ];
  return (
    <Page title={t.label} lead={t.lead} crumbs={crumbs}>
      <FormFrame state={state}>
        <RadioField
          name="kind"
          label={t.kind}
          choices={kindsOf({ registered }).map((value) => ({ value, label: t.kinds[value] }))}
        />
        <DayField name="on" label={t.on} />
        <Became
          registered={registered}
          successors={<Successors side={side} but={id} chosen={successors} onChange={setSuccessors} />}
          entry={<Entry chosen={entry} onChange={setEntry} />}
        />
        <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={3} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={address}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

interface BecameProps {
  readonly registered: boolean;
  readonly successors: ReactNode;
  readonly entry: ReactNode;
}

/** What is asked depends on what happened. */
function Became({ registered, successors, entry }: BecameProps) {
  const kind = useWatch({ name: 'kind' }) as string | undefined;
  switch (asks(kind, registered)) {
    case 'successors':
      return successors;
    case 'entry':
      return entry;
    case 'names':
      return <NameFields />;
    case undefined:
      return null;
  }
}

interface SuccessorsProps {
  readonly side: Side;
  /** Itself. */
  readonly but: string;
  readonly chosen: readonly Choice[];
  readonly onChange: (chosen: readonly Choice[]) => void;
}

function Successors({ side, but, chosen, onChange }: SuccessorsProps) {
  const { succession: t } = useTexts(municipalityTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const detailOf = ({ kind, country, land }: MunicipalityView) =>
    `${words.municipalityKind[kind]}, ${land?.name ?? countryName(country, language)}`;
  const add = (town: MunicipalityView) => {
    if (town.id === but || chosen.some(({ key }) => key === town.id)) return;
    onChange([...chosen, { key: town.id, name: town.name, detail: detailOf(town) }]);
  };
  return (
    <fieldset className="part" id="field-successorIds" tabIndex={-1}>
      <legend>{t.successors}</legend>
      <Fault id="field-successorIds-fault" message={useMessage('successorIds') && t.chosen} />
      <Combobox<MunicipalityView>
        id="successor-search"
        label={t.successorSearch}
        hint={t.successorHint}
        search={(q) => read(listMunicipalities, { q, side, limit: MATCHES_SHOWN })}
        keyOf={({ id }) => id}
        show={(town) => (
          <>
            {town.name}
            <small>{detailOf(town)}</small>
          </>
        )}
        onChoose={add}
      />
      <Chosen chosen={chosen} onRemove={(gone) => onChange(chosen.filter(({ key }) => key !== gone))} />
      <p className="kern-body kern-body--small">{t.first}</p>
    </fieldset>
  );
}

interface EntryProps {
  readonly chosen: Choice | undefined;
  readonly onChange: (chosen: Choice | undefined) => void;
}

function Entry({ chosen, onChange }: EntryProps) {
  const { succession: t } = useTexts(municipalityTexts);
  const detailOf = ({ key, designation, district, land }: RegisterEntryView) =>
    [key, designation, district?.name, land.name].filter((each) => each !== undefined).join(', ');
  return (
    <fieldset className="part" id="field-officialKey" tabIndex={-1}>
      <legend>{t.register}</legend>
      <Fault id="field-officialKey-fault" message={useMessage('officialKey') && t.entry} />
      <Combobox<RegisterEntryView>
        id="entry-search"
        label={t.registerSearch}
        hint={t.registerHint}
        search={(q) =>
          read(listRegisterEntries, { q, limit: MATCHES_SHOWN, kind: ['CITY', 'MUNICIPALITY', 'DISTRICT'] })
        }
        keyOf={({ key }) => key}
        show={(each) => (
          <>
            {each.name}
            <small>{detailOf(each)}</small>
          </>
        )}
        onChoose={(each) => onChange({ key: each.key, name: each.name, detail: detailOf(each) })}
      />
      <Chosen chosen={chosen ? [chosen] : []} onRemove={() => onChange(undefined)} />
    </fieldset>
  );
}
