import { toMoney } from '#contracts';
import type { DrawdownSummary, DrawdownView } from '#contracts/finance';
import type { Columns } from '#database';
import type { Drawdown, DrawdownPart } from './drawdown.entity';

export function drawdownView(
  drawdown: Columns<Drawdown>,
  parts: readonly DrawdownPart[],
  bankEntryId: string | null,
): DrawdownView {
  return { ...drawdownSummary(drawdown, parts), bankEntryId, justification: drawdown.justification };
}

export function drawdownSummary(
  drawdown: Omit<Columns<Drawdown>, 'justification'>,
  parts: readonly DrawdownPart[],
): DrawdownSummary {
  const { currency } = drawdown;
  return {
    id: drawdown.id,
    version: drawdown.version,
    fundId: drawdown.fundId,
    approvalReference: drawdown.approvalReference,
    ruleSet: drawdown.ruleSet,
    status: drawdown.status,
    currency,
    total: toMoney(
      parts.reduce((total, part) => total + part.amountMinor, 0n),
      currency,
    ),
    parts: parts.map(({ place, amountMinor, deadlineOn, ruleId }) => ({
      place,
      amount: toMoney(amountMinor, currency),
      deadlineOn,
      ruleId,
    })),
    requestedOn: drawdown.requestedOn,
    receivedOn: drawdown.receivedOn,
    requestedBy: drawdown.requestedBy,
    createdAt: drawdown.createdAt.toISOString(),
  };
}
