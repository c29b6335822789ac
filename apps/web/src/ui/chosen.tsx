import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

interface ChosenProps {
  readonly chosen: readonly { readonly key: string; readonly name: string; readonly detail?: string }[];
  readonly onRemove: (key: string) => void;
}

/** What was chosen, one below the other, each to be taken out again. */
export function Chosen({ chosen, onRemove }: ChosenProps) {
  const { form } = useTexts(common);
  if (chosen.length === 0) return null;
  return (
    <ul className="chosen">
      {chosen.map(({ key, name, detail }) => (
        <li key={key}>
          <span>
            {name}
            {detail !== undefined && <small>{detail}</small>}
          </span>
          <button
            type="button"
            className="kern-btn kern-btn--tertiary"
            aria-label={form.remove(name)}
            onClick={() => onRemove(key)}
          >
            <span className="kern-icon kern-icon--close" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
