import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { readAll } from '../../api/query';
import { common } from '../../i18n/common';
import { dayAfter } from '../../i18n/format';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf, DayField, TextArea, TextField } from '../../ui/inputs';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { useOperationForm } from '../../ui/use-operation-form';
import { DESKS, type RuleService, ruleServiceOf } from './desks';
import { useRuleWords } from './rule-words';
import { ruleTexts } from './texts';
import type { RuleRow } from './texts/mark';

/** A new row of a rule that is there: which one stands in the address, so that a rule's own line can lead here. */
export function ProposeRulePage() {
  const t = useTexts(ruleTexts);
  const words = useRuleWords();
  const [parameters] = useSearchParams();
  const service = ruleServiceOf(parameters.get('service'));
  const query = useQuery(readAll(DESKS[service].list, {}));
  const ruleSet = parameters.get('ruleSet') ?? '';
  const key = parameters.get('key') ?? '';
  return (
    <Page title={t.form.title} crumbs={[{ label: t.title, to: '/funds/rules' }]} lead={t.form.lead}>
      <Loaded query={query}>
        {(rows) => {
          const keys = [...new Set(rows.filter((row) => row.ruleSet === ruleSet).map((row) => row.key))];
          const row = rows.filter((each) => each.ruleSet === ruleSet && each.key === key).at(-1);
          return (
            <>
              <Filters stays>
                <ChoiceFilter name="service" label={t.service} otherwise={service} choices={choicesOf(t.services)} />
                <ChoiceFilter
                  name="ruleSet"
                  label={t.set}
                  choices={[...new Set(rows.map((each) => each.ruleSet))].map((set) => ({
                    value: set,
                    label: words.setOf(set),
                  }))}
                />
                <ChoiceFilter
                  name="key"
                  label={t.form.key}
                  choices={keys.map((each) => ({ value: each, label: words.keyOf(each) }))}
                />
              </Filters>
              {row ? (
                <Proposal key={`${service}${ruleSet}${key}`} service={service} row={row} />
              ) : (
                <p className="kern-body">{t.form.choose}</p>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

interface Values {
  readonly value: string;
  readonly validFrom: string;
  readonly validTo?: string;
  readonly source: string;
}

function Proposal({ service, row }: { readonly service: RuleService; readonly row: RuleRow }) {
  const { form: t } = useTexts(ruleTexts);
  const { cancel } = useTexts(common);
  const words = useRuleWords();
  const navigate = useNavigate();
  const tell = useTell();
  const { ruleSet, key, unit } = row;
  const state = useOperationForm(DESKS[service].propose, {
    defaults: { value: row.value, validFrom: '', validTo: '', source: '' },
    request: ({ validTo, ...values }: Values) => ({
      ruleSet,
      key,
      unit,
      ...values,
      ...(validTo !== undefined && { validTo: /^\d{4}-/.test(validTo) ? dayAfter(validTo) : validTo }),
    }),
    onDone: ({ id }) => {
      tell(t.done);
      void navigate(`/funds/rules/${service}/proposals/${id}`);
    },
  });
  return (
    <FormFrame state={state}>
      <TextField name="value" label={t.value} hint={t.valueHint(words.keyOf(key), words.valueOf(row))} />
      <DayField name="validFrom" label={t.from} />
      <DayField name="validTo" label={t.last} isOptional />
      <TextArea name="source" label={t.source} hint={t.sourceHint} rows={3} />
      <div className="buttons">
        <Button rank="primary" type="submit" aria-disabled={state.isSending}>
          {t.submit}
        </Button>
        <LinkButton to="/funds/rules">{cancel}</LinkButton>
      </div>
    </FormFrame>
  );
}
