import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { type PartnershipView, previewEligibility, type RuleOutcome, type Verdict } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { DayInput } from '../ui/day-input';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { partnershipTexts } from './texts';

const TONES: Readonly<Record<Verdict, TagTone>> = {
  MET: 'success',
  NOT_MET: 'danger',
  UNDETERMINED: 'warning',
  NOT_APPLICABLE: 'neutral',
};

/** May this partnership ask for an expert on a day: each rule opens to its source and the facts behind the verdict. */
export function Eligibility({ partnership }: { readonly partnership: PartnershipView }) {
  const t = useTexts(partnershipTexts).eligibility;
  const id = useId();
  const [on, setOn] = useState('');
  const isDay = /^\d{4}-\d\d-\d\d$/.test(on);
  const query = useQuery({
    ...read(previewEligibility, { partnershipId: partnership.id, ...(isDay && { on }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={t.title}
      acts={
        <label htmlFor={id} className="inline-field">
          {t.on} <DayInput id={id} value={on || (query.data?.on ?? '')} onChange={setOn} />
        </label>
      }
    >
      <Loaded query={query}>
        {({ isEligible, rules, ruleSet }) => (
          <div className="stack">
            <Notice tone={isEligible ? 'success' : 'danger'} title={isEligible ? t.yes : t.no} role="status" />
            <p className="kern-body">{t.why}</p>
            <div>
              {rules.map((rule) => (
                <Rule key={rule.rule} rule={rule} partnership={partnership} />
              ))}
            </div>
            <p className="kern-body kern-body--small">
              {t.phase}: {ruleSet.source}
            </p>
          </div>
        )}
      </Loaded>
    </Section>
  );
}

function Rule({
  rule: { rule, verdict, source, input },
  partnership,
}: {
  readonly rule: RuleOutcome;
  readonly partnership: PartnershipView;
}) {
  const t = useTexts(partnershipTexts).eligibility;
  const show = useInputText(partnership);
  const facts = Object.entries(input).map(([name, value]) => ({
    label: t.inputs[name as keyof typeof t.inputs],
    value: show(value),
  }));
  return (
    <details className="rule">
      <summary>
        <span>{t.rules[rule]}</span>
        <StatusTag tone={TONES[verdict]}>{t.verdicts[verdict]}</StatusTag>
      </summary>
      <div className="rule__inside">
        <Facts facts={facts} />
        <p className="kern-body kern-body--small">
          {t.source}: {source}
        </p>
      </div>
    </details>
  );
}

/** The facts come as the rule engine stores them: ids, states and days. People read names. */
function useInputText(
  partnership: PartnershipView,
): (value: string | boolean | readonly string[] | null | undefined) => string {
  const t = useTexts(common);
  const language = useLanguage();
  const names = new Map(partnership.participants.map(({ municipalityId, name }) => [municipalityId, name]));
  const words: Readonly<Record<string, string>> = { ...t.words.partnershipStatus, ...t.words.municipalityKind };
  const one = (text: string) =>
    /^\d{4}-\d\d-\d\d$/.test(text)
      ? dayText(text, language)
      : text
          .split(' ')
          .map((word) => names.get(word) ?? words[word] ?? word)
          .join(' ');
  return (value) => {
    if (typeof value === 'boolean') return value ? t.yes : t.no;
    if (value === null || value === undefined) return t.none;
    return typeof value === 'string'
      ? (words[value] ?? (/^\d{4}-/.test(value) ? one(value) : value))
      : value.map(one).join(', ') || t.none;
  };
}
