import { useWatch } from 'react-hook-form';
import type { Baseline, IndicatorKind } from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { CheckField, NumberField, SelectField } from '../ui/inputs';
import { Repeated } from '../ui/repeated';
import { useTargetChoices } from './sdg';
import { resultTexts } from './texts';
import { ValueFields, type ValueInputs, valueOf } from './value-fields';

/** What the form holds of what may be changed of an indicator later, too. */
export interface IndicatorValues {
  readonly title: Record<string, string>;
  readonly isAscending: boolean;
  readonly hasBaseline: boolean;
  readonly baseline?: { readonly year?: number | string; readonly value?: ValueInputs };
  readonly sdgTargets: readonly { readonly code: string }[];
}

export const NO_INDICATOR: IndicatorValues = { title: {}, isAscending: true, hasBaseline: false, sdgTargets: [] };

/** Direction, baseline and SDG targets of an indicator of this kind. */
export function IndicatorFields({ kind, unit }: { readonly kind: IndicatorKind; readonly unit: string | null }) {
  const { indicator: t } = useTexts(resultTexts);
  const hasBaseline = useWatch({ name: 'hasBaseline' }) as boolean;
  const targets = useTargetChoices();
  return (
    <>
      <CheckField name="isAscending" label={t.ascending} />
      <CheckField name="hasBaseline" label={t.hasBaseline} />
      {hasBaseline && (
        <>
          <NumberField name="baseline.year" label={t.year} />
          <ValueFields name="baseline.value" kind={kind} unit={unit} />
        </>
      )}
      <Repeated
        name="sdgTargets"
        label={t.sdg}
        isOptional
        itemName={t.targetName}
        add={t.addTarget}
        blank={{ code: '' }}
      >
        {(at) => <SelectField name={`${at}.code`} label={t.target} choices={targets} />}
      </Repeated>
    </>
  );
}

export function baselineOf(kind: IndicatorKind, { hasBaseline, baseline }: IndicatorValues): Baseline | null {
  if (!hasBaseline) return null;
  return { year: baseline?.year as number, value: valueOf(kind, baseline?.value) };
}
