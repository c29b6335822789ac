import type { FieldValues, UseFormReturn } from 'react-hook-form';
import type { z } from 'zod';
import { Problem } from '../api/problem';
import { type Issue, withoutBlanks } from './issues';
import { type Clash, merged } from './merged';

const PAUSE_MS = 1_000;

interface Versioned {
  readonly version: number;
}

/** An object that is changed in a form: how it becomes values and back, how it is saved and read again. */
export interface Draft<View extends Versioned, Values extends FieldValues, Content extends object> {
  /** As it was when the form was opened. */
  readonly start: View;
  readonly valuesOf: (view: View) => Values;
  readonly contentOf: (values: Partial<Values>) => Content;
  readonly changesOf: (before: Content, now: Content) => Partial<Content>;
  readonly schema: z.ZodType;
  readonly save: (changes: Partial<Content>, version: number) => Promise<View>;
  readonly readAgain: () => Promise<View>;
}

export interface SaveReport {
  readonly state: 'saved' | 'changed' | 'saving' | 'faulty' | 'refused';
  readonly problem?: Problem;
  /** What the check refuses, of which content. */
  readonly faults?: { readonly issues: readonly Issue[]; readonly content: unknown };
  /** What was changed here and by somebody else; until it is decided nothing is saved. */
  readonly clashes: readonly Clash[];
}

/**
 * Saves what changed in a form as soon as the person pauses. Where somebody else changed the same object, what only they changed is
 * taken over, and what both changed is reported to be decided.
 */
export class Autosaver<View extends Versioned, Values extends FieldValues, Content extends object> {
  private base: View;
  private clashes: readonly Clash[] = [];
  private isBusy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly form: UseFormReturn<Values>,
    private readonly draft: Draft<View, Values, Content>,
    private readonly report: (report: SaveReport) => void,
  ) {
    this.base = draft.start;
  }

  changed(): void {
    this.tell({ state: 'changed' });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  decide(name: string, whose: 'mine' | 'theirs'): void {
    const clash = this.clashes.find((each) => each.name === name);
    if (clash && whose === 'theirs') this.set(name, clash.theirs);
    this.clashes = this.clashes.filter((each) => each !== clash);
    this.changed();
  }

  private async save(): Promise<void> {
    // What changes while this one is under way is saved after it.
    if (this.isBusy) return this.changed();
    if (this.clashes.length > 0) return;
    this.isBusy = true;
    try {
      await this.saveChanges();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.isStale) await this.takeOver();
      else this.tell({ state: 'refused', problem: error });
    } finally {
      this.isBusy = false;
    }
  }

  private async saveChanges(): Promise<void> {
    const { contentOf, changesOf, valuesOf, schema, save } = this.draft;
    const content = contentOf(withoutBlanks(this.form.getValues()) ?? {});
    const changes = changesOf(contentOf(valuesOf(this.base)), content);
    if (Object.keys(changes).length === 0) return this.tell({ state: 'saved' });
    const checked = schema.safeParse(content);
    if (!checked.success) return this.tell({ state: 'faulty', faults: { issues: checked.error.issues, content } });
    this.tell({ state: 'saving' });
    this.base = await save(changes, this.base.version);
    this.tell({ state: 'saved' });
  }

  private async takeOver(): Promise<void> {
    const { valuesOf, readAgain } = this.draft;
    const theirs = await readAgain();
    const { values, clashes } = merged(valuesOf(this.base), this.form.getValues(), valuesOf(theirs));
    for (const [name, value] of Object.entries(values)) this.set(name, value);
    this.base = theirs;
    this.clashes = clashes;
    this.changed();
  }

  private set(name: string, value: unknown): void {
    this.form.setValue(name as Parameters<typeof this.form.setValue>[0], value as never);
  }

  private tell(report: Omit<SaveReport, 'clashes'>): void {
    this.report({ ...report, clashes: this.clashes });
  }
}
