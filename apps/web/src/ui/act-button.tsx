import { useState } from 'react';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import type { Act } from './act';
import { ActDialog } from './act-dialog';
import { Button } from './button';
import { useLeft } from './step-up';

/** An act that concerns no object that is there: offered to whom its declaration allows it. */
export function ActButton({ act, isPrimary }: { readonly act: Act; readonly isPrimary?: boolean }) {
  const { roles } = useSession();
  const left = useLeft([act.operation]);
  const [isOpen, setOpen] = useState(left !== undefined);
  if (!mayCall(act.operation, roles)) return null;
  return (
    <>
      <Button rank={isPrimary ? 'primary' : 'secondary'} onClick={() => setOpen(true)}>
        {act.label}
      </Button>
      {isOpen && <ActDialog act={act} version={undefined} seen={{}} onClose={() => setOpen(false)} />}
    </>
  );
}
