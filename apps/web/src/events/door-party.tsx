import { useState } from 'react';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { StatusTag } from '../ui/status-tag';
import type { Party } from './attendees';
import { deskTexts, eventTexts } from './texts';
import { REGISTRATION_TONES } from './tones';

interface DoorPartyProps {
  readonly party: Party;
  readonly town: string | undefined;
  /** Missing where the reader's role has it not. */
  readonly onCheckIn: ((seatsAttended: number) => Promise<void>) | undefined;
  readonly onUndo: (() => Promise<void>) | undefined;
}

/** One party at the door: who they are, one large button, and fewer than all where it is a delegation. */
export function DoorParty({ party: { registration, people }, town, onCheckIn, onUndo }: DoorPartyProps) {
  const { door: t } = useTexts(deskTexts);
  const { modes } = useTexts(eventTexts);
  const [isBusy, setBusy] = useState(false);
  const { seats, seatsAttended, status, attendanceMode } = registration;
  const names = people.map(({ name }) => name).join(', ');
  const once = (run: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    void run().finally(() => setBusy(false));
  };
  return (
    <li className="door__party" aria-busy={isBusy}>
      <div>
        <strong>{names}</strong>
        <small>{[town, modes[attendanceMode]].filter(Boolean).join(', ')}</small>
      </div>
      {status === 'CONFIRMED' ? (
        onCheckIn && (
          <>
            <Button
              rank="primary"
              aria-label={`${t.all(seats)}: ${names}`}
              onClick={() => once(() => onCheckIn(seats))}
            >
              {t.all(seats)}
            </Button>
            <Fewer seats={seats} names={names} onRecord={(count) => once(() => onCheckIn(count))} />
          </>
        )
      ) : (
        <>
          <StatusTag tone={REGISTRATION_TONES[status]}>
            {status === 'NO_SHOW' ? t.absent : t.isThere(seatsAttended ?? 0, seats)}
          </StatusTag>
          {onUndo && (
            <Button aria-label={`${t.undo}: ${names}`} onClick={() => once(onUndo)}>
              {t.undo}
            </Button>
          )}
        </>
      )}
    </li>
  );
}

interface FewerProps {
  readonly seats: number;
  readonly names: string;
  readonly onRecord: (count: number) => void;
}

/** Not all came, or nobody: a number to tap, from none to one less than all. */
function Fewer({ seats, names, onRecord }: FewerProps) {
  const { door: t } = useTexts(deskTexts);
  const counts = Array.from({ length: seats }, (_, count) => (
    <Button key={count} aria-label={`${t.record(count)}: ${names}`} onClick={() => onRecord(count)}>
      {count === 0 ? t.absent : t.number(count)}
    </Button>
  ));
  if (seats === 1) return counts;
  return (
    <details className="door__fewer">
      <summary>
        {t.some}
        <span className="kern-sr-only"> {names}</span>
      </summary>
      <div className="buttons">{counts}</div>
    </details>
  );
}
