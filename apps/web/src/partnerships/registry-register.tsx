import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { createMunicipality, listRegisterEntries, type RegisterEntryView } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { dayText, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { ActDialog } from '../ui/act-dialog';
import { Button } from '../ui/button';
import { ChoiceFilter, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { parametersOf } from '../ui/parameters';
import { LAND_CHOICES } from './lands';
import { municipalityTexts } from './municipality-texts';
import { OpenRecorded } from './open-recorded';
import { RegistryFrame } from './registry-frame';

const LIST = listRegisterEntries.request.pick({ q: true, kind: true, land: true, cursor: true });

/** All of Germany as the official register has it, by a name as people write it or by a key of today or before. */
export function RegisterPage() {
  const { list: t } = useTexts(municipalityTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listRegisterEntries, parametersOf(LIST, parameters)));
  const filters = (
    <>
      <SearchFilter label={t.search} />
      <ChoiceFilter name="kind" label={t.kind} choices={choicesOf(t.registerKind)} />
      <ChoiceFilter name="land" label={t.land} choices={LAND_CHOICES} />
    </>
  );
  return (
    <RegistryFrame filters={filters}>
      <List
        query={query}
        caption={t.register}
        keyOf={({ key }) => key}
        empty={t.emptyRegister}
        columns={[
          { title: t.name, isHeading: true, cell: ({ name }) => name },
          { title: t.kind, cell: ({ designation }) => designation },
          {
            title: t.where,
            cell: ({ district, land }) => [district?.name, land.name].filter((each) => each !== undefined).join(', '),
          },
          { title: t.key, cell: (entry) => <Key entry={entry} /> },
          {
            title: t.population,
            isNumeric: true,
            cell: ({ population }) => (population === null ? '–' : numberText(population, language)),
          },
          { title: t.state, cell: (entry) => <Recorded entry={entry} /> },
        ]}
      />
      <p className="kern-body kern-body--small">{t.source}</p>
    </RegistryFrame>
  );
}

/** Whoever has an old file in hand is led to the key that took the place of its own. */
function Key({ entry: { key, validTo, successorKey } }: { readonly entry: RegisterEntryView }) {
  const { list: t } = useTexts(municipalityTexts);
  const language = useLanguage();
  if (validTo === null) return key;
  return (
    <div>
      {key}
      <div className="kern-body kern-body--small">
        {t.keyEnded(dayText(validTo, language))}{' '}
        {successorKey !== null && (
          <Link className="kern-link" to={`/municipalities/register?q=${successorKey}`}>
            {successorKey}
          </Link>
        )}
      </div>
    </div>
  );
}

function Recorded({ entry }: { readonly entry: RegisterEntryView }) {
  const { list: t } = useTexts(municipalityTexts);
  const { roles } = useSession();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  const { key, name, kind, municipalityId } = entry;
  if (municipalityId !== null) return <OpenRecorded id={municipalityId} name={name} />;
  if (kind === 'UNINCORPORATED_AREA' || !mayCall(createMunicipality, roles)) return '–';
  return (
    <>
      <Button rank="tertiary" aria-label={t.recordOne(name)} onClick={() => setOpen(true)}>
        {t.record}
      </Button>
      {isOpen && (
        <ActDialog
          act={{
            operation: createMunicipality,
            label: t.recordOne(name),
            ask: t.recordAsk(name),
            done: t.recordDone,
            fixed: { side: 'DE', officialKey: key },
            fields: {},
            onReply: (reply) => void navigate(`/municipalities/${(reply as { readonly id: string }).id}`),
          }}
          version={undefined}
          seen={{}}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
