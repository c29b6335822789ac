import type { Operation } from '#contracts';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { LinkButton } from './button';

interface CreateLinkProps {
  readonly operation: Operation;
  readonly to: string;
  readonly children: string;
}

/** The primary act of a list: the way to what makes another one, for whoever may. */
export function CreateLink({ operation, to, children }: CreateLinkProps) {
  const { roles } = useSession();
  if (!mayCall(operation, roles)) return null;
  return (
    <div className="buttons">
      <LinkButton rank="primary" icon="add" to={to}>
        {children}
      </LinkButton>
    </div>
  );
}
