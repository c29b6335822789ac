import { Link } from 'react-router';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { listMunicipalities } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { municipalityTexts } from './municipality-texts';

/** From a row of a register to the municipality that is recorded with it, for whoever may read it. */
export function OpenRecorded({ id, name }: { readonly id: string; readonly name: string }) {
  const { list: t } = useTexts(municipalityTexts);
  const { roles } = useSession();
  if (!mayCall(listMunicipalities, roles)) return '–';
  return (
    <Link className="kern-link" to={`/municipalities/${id}`} aria-label={t.openOne(name)}>
      {t.open}
    </Link>
  );
}
