import { useState } from 'react';
import { type FundSimulation, type FundView, simulateFund } from '#contracts/finance';
import { useTexts } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { FormFrame } from '../../ui/operation-form';
import { useOperationForm } from '../../ui/use-operation-form';
import { FundFrame } from '../fund/fund-frame';
import { ScenarioFields } from './change-fields';
import { Comparison } from './comparison';
import { BLANK_SCENARIOS, scenariosOf } from './scenario-values';
import { whatIfTexts } from './texts';

/** A fund under one or two scenarios, beside each other and beside the fund as it is. */
export function WhatIfPage() {
  const t = useTexts(whatIfTexts);
  return (
    <FundFrame part={t.title} lead={() => t.lead}>
      {(fund) => <WhatIf fund={fund} />}
    </FundFrame>
  );
}

function WhatIf({ fund }: { readonly fund: FundView }) {
  const t = useTexts(whatIfTexts);
  const [result, show] = useState<FundSimulation>();
  const state = useOperationForm(simulateFund, {
    defaults: BLANK_SCENARIOS,
    request: (values: typeof BLANK_SCENARIOS) => scenariosOf(fund.id, values, t.scenarioNames),
    onDone: show,
  });
  return (
    <>
      <FormFrame state={state} className="form form--wide">
        <div className="side-by-side">
          <ScenarioFields index={0} fund={fund} />
          <ScenarioFields index={1} fund={fund} />
        </div>
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.compare}
          </Button>
        </div>
      </FormFrame>
      {result && <Comparison key={JSON.stringify(result)} result={result} />}
    </>
  );
}
