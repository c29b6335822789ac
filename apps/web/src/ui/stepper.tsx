interface StepperProps {
  readonly label: string;
  readonly steps: readonly string[];
  /** The step that comes next; undefined where the way ended. */
  readonly now: number | undefined;
  readonly words: { readonly done: string; readonly now: string; readonly open: string };
}

/** The way of a case: what is done, what comes now, what is still to come. In words for those who see no colour. */
export function Stepper({ label, steps, now, words }: StepperProps) {
  if (now === undefined) return null;
  return (
    <ol className="stepper" aria-label={label}>
      {steps.map((step, index) => {
        const state = index < now ? 'done' : index === now ? 'now' : 'open';
        return (
          <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            {step} <span className="stepper__state">{words[state]}</span>
          </li>
        );
      })}
    </ol>
  );
}
