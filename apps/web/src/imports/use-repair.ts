import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ImportDecisionField, type PartnershipImportView, repairPartnershipImport } from '#contracts/partnership';
import { call } from '../api/call';
import { idempotencyKeys } from '../api/idempotency';
import { Problem } from '../api/problem';

export interface Repair {
  readonly rows: readonly number[];
  readonly field: ImportDecisionField;
  /** Null takes a decision back. */
  readonly value: string | null;
}

export interface Repairing {
  readonly repair: (repair: Repair) => Promise<void>;
  readonly isSending: boolean;
  readonly problem: Problem | undefined;
  /** How often something was decided: whoever listens is told what is left. */
  readonly decided: number;
}

/** Decides what rows mean, one decision after the other, each on what was on screen. */
export function useRepair({ id, version }: PartnershipImportView): Repairing {
  const client = useQueryClient();
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [decided, count] = useState(0);
  const [keyOf] = useState(idempotencyKeys);
  const repair = async ({ rows, field, value }: Repair) => {
    if (isSending) return;
    setSending(true);
    setProblem(undefined);
    try {
      const input = { importId: id, repairs: [{ rows: [...rows], field, value }] };
      await call(repairPartnershipImport, input, { version, idempotencyKey: keyOf([version, input]) });
      count((before) => before + 1);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
    } finally {
      await client.invalidateQueries();
      setSending(false);
    }
  };
  return { repair, isSending, problem, decided };
}
