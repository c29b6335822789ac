import { useSearchParams } from 'react-router';
import { listPaymentAnswers } from '#contracts/finance';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { RowKeys } from '../ui/keys';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { PaymentAnswers } from '../ui/payment-answers';
import { BankTabs } from './tabs';
import { checkTexts } from './texts';

const FILTERS = listPaymentAnswers.request.pick({ state: true, status: true, cursor: true });

/** What the bank answered on single payments; what took no effect by itself waits for two persons. */
export function AnswersPage() {
  const { words } = useTexts(common);
  const { answers: t } = useTexts(checkTexts);
  const [parameters] = useSearchParams();
  return (
    <Page title={t.title}>
      <BankTabs />
      <Filters>
        <ChoiceFilter name="state" label={words.paymentAnswers.state} choices={choicesOf(words.paymentAnswerState)} />
        <ChoiceFilter
          name="status"
          label={words.paymentAnswers.verdict}
          choices={choicesOf(words.paymentAnswerStatus)}
        />
      </Filters>
      <RowKeys />
      <PaymentAnswers filter={parametersOf(FILTERS, parameters)} empty={t.empty} />
    </Page>
  );
}
