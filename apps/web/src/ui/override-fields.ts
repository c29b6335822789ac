import { OVERRIDING_ROLE } from '#contracts/partnership';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import type { FieldDeclaration } from './generated-fields';

interface OverrideFields {
  readonly overrideReason: FieldDeclaration;
  readonly overrideReference: FieldDeclaration;
}

const HIDDEN: FieldDeclaration = { label: '', render: () => null };

/** Why a step is taken although a rule of eligibility is not met; asked of those alone who may say so. */
export function useOverrideFields(): OverrideFields {
  const { override } = useTexts(common);
  const { roles } = useSession();
  if (!roles.includes(OVERRIDING_ROLE)) return { overrideReason: HIDDEN, overrideReference: HIDDEN };
  return {
    overrideReason: { label: override.reason, rows: 3 },
    overrideReference: { label: override.reference },
  };
}
