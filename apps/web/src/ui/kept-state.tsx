import type { Keeping } from '../api/drafts';
import { common } from '../i18n/common';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';

/** When what was typed was kept in this browser. */
export function KeptState({ keeping: { keptAt } }: { readonly keeping: Keeping }) {
  const { form } = useTexts(common);
  const language = useLanguage();
  const time = keptAt?.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <p className="kern-body kern-body--small" role="status">
      {time === undefined ? '' : form.kept(time)}
    </p>
  );
}
