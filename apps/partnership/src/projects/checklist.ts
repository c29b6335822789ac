import type { LocalizedText } from '#contracts';
import type { GateItemView, Requirement } from '#contracts/partnership';
import { CHECKLIST_ITEMS, type ChecklistItem, FIGURES } from './checklist-items';

/** What of a project figures prove: minor units of its currency. */
export interface ProjectFigures {
  readonly capexMinor: bigint | null;
  readonly costAccuracyPercent: number | null;
  readonly committedMinor: bigint;
  readonly signedMinor: bigint;
}

/** An approval that was given with conditions; its id is the item that meets them. */
export interface Condition {
  readonly id: string;
  readonly text: string;
}

interface Asked {
  readonly required: readonly [ChecklistItem, Requirement][];
  readonly conditions: readonly Condition[];
  readonly evidence: readonly { readonly item: string }[];
  readonly figures: ProjectFigures;
}

type Figure = (typeof FIGURES)[number];

const FIGURE_RULES: Readonly<Record<Figure, (figures: ProjectFigures) => boolean>> = {
  'cost-30': (figures) => isEstimatedWithin(figures, 30),
  'cost-15': (figures) => isEstimatedWithin(figures, 15),
  'committed-funding': (figures) => covers(figures, figures.committedMinor + figures.signedMinor),
  'signed-funding': (figures) => covers(figures, figures.signedMinor),
};

/** The items of a gate with what is there of each: evidence, figures, and conditions of earlier approvals. */
export function gateItems({ required, conditions, evidence, figures }: Asked): GateItemView[] {
  const proven = new Set(evidence.map(({ item }) => item));
  const items = required.map(([item, requirement]): GateItemView => {
    const title: LocalizedText = CHECKLIST_ITEMS[item];
    if (isFigure(item)) {
      return { item, title, requirement, isMet: FIGURE_RULES[item](figures), proof: 'FIGURES' };
    }
    return { item, title, requirement, isMet: proven.has(item), proof: 'EVIDENCE' };
  });
  const set = conditions.map(({ id, text }): GateItemView => {
    const title = { de: firstLine(text), en: firstLine(text) };
    return { item: id, title, requirement: 'MUST', isMet: proven.has(id), proof: 'CONDITION' };
  });
  return [...items, ...set];
}

/** What the gate must have and has not. */
export function missingOf(items: readonly GateItemView[]): { item: string; title: LocalizedText }[] {
  return items
    .filter(({ requirement, isMet }) => requirement === 'MUST' && !isMet)
    .map(({ item, title }) => ({ item, title }));
}

function isFigure(item: ChecklistItem): item is Figure {
  return (FIGURES as readonly string[]).includes(item);
}

function isEstimatedWithin({ capexMinor, costAccuracyPercent }: ProjectFigures, percent: number): boolean {
  return capexMinor !== null && costAccuracyPercent !== null && costAccuracyPercent <= percent;
}

function covers({ capexMinor }: ProjectFigures, minor: bigint): boolean {
  return capexMinor !== null && minor >= capexMinor;
}

const TITLE_MAX = 500;

/** A title is one line; the whole text stands at the decision. */
function firstLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= TITLE_MAX ? line : `${line.slice(0, TITLE_MAX - 1)}…`;
}
