import type { ExpertRequestView } from '#contracts/staffing';
import { useTexts } from '../i18n/texts';
import { Stepper } from '../ui/stepper';
import { stepOf, STEPS } from './steps';
import { demandTexts } from './texts';

/** Where the request stands on its way from the first word to the selection. */
export function NextSteps({ request }: { readonly request: ExpertRequestView }) {
  const { page } = useTexts(demandTexts);
  const now = stepOf(request);
  return (
    <Stepper
      label={page.next}
      steps={STEPS.map((step) => page.steps[step])}
      now={now}
      words={{ done: page.done, now: page.now, open: page.open }}
    />
  );
}
