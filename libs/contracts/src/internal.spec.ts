import { z } from 'zod';
import { internal } from './internal';
import { payFilterOf } from './pay';
import { ROLES, STAFF } from './roles';

const Reply = z.strictObject({ items: z.array(z.strictObject({ note: internal(z.string(), 'A note') })) });
const shown = (role: (typeof ROLES)[number]) => payFilterOf(Reply)?.({ items: [{ note: 'weak' }] }, { roles: [role] });

it.each(ROLES.map((role) => [role, (STAFF as readonly string[]).includes(role)] as const))(
  "a member that is the fund's own is shown to %s: %s",
  (role, isShown) => {
    expect(shown(role)).toEqual({ items: [{ note: isShown ? 'weak' : null }] });
  },
);
