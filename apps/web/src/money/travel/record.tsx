import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useNavigate, useSearchParams } from 'react-router';
import { listFunds, listPayees, submitTravelClaim, TRAVEL_COSTS, TRAVEL_MEALS } from '#contracts/finance';
import { listAssignments } from '#contracts/staffing';
import { useCountries } from '../../api/countries';
import { keepAtFinance } from '../../api/documents';
import { useKeepDraft } from '../../api/drafts';
import { mayCall } from '../../api/may';
import { useAssignmentNames } from '../../api/names';
import { readAll } from '../../api/query';
import { useSession } from '../../api/use-session';
import { common } from '../../i18n/common';
import { dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { DocumentField } from '../../ui/document-field';
import {
  ANY_CURRENCY,
  CheckField,
  CheckManyField,
  choicesOf,
  DayField,
  MoneyField,
  NumberField,
  SelectField,
  TextField,
} from '../../ui/inputs';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { Repeated } from '../../ui/repeated';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { moneyTexts } from '../texts';
import { TravelResult } from './result';
import { travelTexts } from './texts';
import { BLANK_COST, BLANK_LEG, daysOf, journeyOf, NO_JOURNEY, type TravelValues } from './values';

const DRAFT = 'travel-claim';

/** A journey as it was, part by part; what it is worth stands at the end before it is sent. */
export function RecordTravelPage() {
  const [parameters] = useSearchParams();
  const assignmentId = parameters.get('assignment');
  return (
    <WithDraft name={DRAFT} otherwise={NO_JOURNEY as TravelValues & Record<string, unknown>}>
      {(values) => <RecordTravel values={assignmentId === null ? values : { ...values, assignmentId }} />}
    </WithDraft>
  );
}

function RecordTravel({ values }: { readonly values: TravelValues & Record<string, unknown> }) {
  const t = useTexts(travelTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(submitTravelClaim, {
    defaults: values,
    request: ({ journey, ...rest }: TravelValues & Record<string, unknown>) => ({
      ...rest,
      journey: journeyOf({ journey }),
    }),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.form.done);
      void navigate(`/money/travel/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.create, address: '/money/travel/new' });
  return (
    <Page title={t.create} crumbs={[{ label: t.title, to: '/money/travel' }]} lead={t.form.lead}>
      <FormFrame state={state}>
        <WhoFields />
        <WayFields />
        <DayFields />
        <CostFields />
        <TravelResult />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.form.submit}
          </Button>
          <LinkButton to="/money/travel">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function WhoFields() {
  const { form: t } = useTexts(travelTexts);
  const { nameOf, expert } = useTexts(moneyTexts);
  const { roles } = useSession();
  const { data: assignments = [] } = useQuery(readAll(listAssignments, {}));
  const ids = assignments.map(({ id }) => id);
  const name = useAssignmentNames(ids, nameOf, expert);
  const assignmentId = useWatch({ name: 'assignmentId' }) as string;
  const mayPayOthers = mayCall(listPayees, roles) && mayCall(listFunds, roles);
  return (
    <fieldset className="part">
      <legend>{t.who}</legend>
      <SelectField
        name="assignmentId"
        label={t.assignment}
        {...(mayPayOthers && { empty: t.noAssignment })}
        choices={ids.map((id) => ({ value: id, label: name(id) }))}
      />
      {mayPayOthers && assignmentId === '' && <OtherFields />}
      <TextField name="purpose" label={t.purpose} hint={t.purposeHint} />
    </fieldset>
  );
}

function OtherFields() {
  const { form: t } = useTexts(travelTexts);
  const { data: payees = [] } = useQuery(readAll(listPayees, {}));
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  return (
    <>
      <SelectField
        name="payeeId"
        label={t.payee}
        choices={payees.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField name="fundId" label={t.fund} choices={funds.map(({ id, name }) => ({ value: id, label: name }))} />
    </>
  );
}

function WayFields() {
  const { form: t } = useTexts(travelTexts);
  const countries = useCountries();
  return (
    <fieldset className="part">
      <legend>{t.way}</legend>
      <TextField name="journey.start.place" label={t.startPlace} hint={t.wayHint} />
      <SelectField name="journey.start.country" label={t.startCountry} choices={countries} />
      <Repeated name="journey.legs" label={t.legs} itemName={t.leg} add={t.addLeg} blank={{ ...BLANK_LEG }} min={1}>
        {(at) => <LegFields at={at} />}
      </Repeated>
    </fieldset>
  );
}

function LegFields({ at }: { readonly at: string }) {
  const { form: t, means } = useTexts(travelTexts);
  const countries = useCountries();
  const isByCar = useWatch({ name: `${at}.means` }) === 'CAR';
  return (
    <>
      <DayField name={`${at}.departedOn`} label={t.departedOn} />
      <TextField name={`${at}.departedAt`} label={t.departedAt} hint={t.time} />
      <DayField name={`${at}.arrivedOn`} label={t.arrivedOn} />
      <TextField name={`${at}.arrivedAt`} label={t.arrivedAt} hint={t.time} />
      <TextField name={`${at}.place`} label={t.place} />
      <SelectField name={`${at}.country`} label={t.country} choices={countries} />
      <SelectField name={`${at}.means`} label={t.means} choices={choicesOf(means)} />
      {isByCar && <NumberField name={`${at}.kilometres`} label={t.kilometres} />}
      {isByCar && <CheckField name={`${at}.isCarNeeded`} label={t.isCarNeeded} />}
    </>
  );
}

/** The days follow from the way; what was said of a day stays with it. */
function DayFields() {
  const { form: t, meals, nights } = useTexts(travelTexts);
  const language = useLanguage();
  const { setValue, getValues } = useFormContext<TravelValues & Record<string, unknown>>();
  const journey = useWatch({ name: 'journey' }) as TravelValues['journey'];
  const days = daysOf(journey);
  const range = days.map(({ on }) => on).join();
  useEffect(() => {
    const known = getValues('journey');
    if (known.days.map(({ on }) => on).join() !== range) setValue('journey.days', [...daysOf(known)]);
  }, [range, getValues, setValue]);
  // The fields come with the values that they show.
  const isReady = days.length > 0 && journey.days.map(({ on }) => on).join() === range;
  const mealChoices = TRAVEL_MEALS.map((meal) => ({ value: meal, label: meals[meal] }));
  return (
    <fieldset className="part">
      <legend>{t.days}</legend>
      {!isReady && <p className="kern-body">{t.daysHint}</p>}
      {isReady &&
        days.map(({ on }, index) => (
          <div className="repeated" key={on} role="group" aria-label={dayText(on, language)}>
            <CheckManyField
              name={`journey.days.${index}.freeMeals`}
              label={t.freeMeals(dayText(on, language))}
              isOptional
              choices={mealChoices}
            />
            {index < days.length - 1 && (
              <SelectField name={`journey.days.${index}.night`} label={t.night} choices={choicesOf(nights)} />
            )}
          </div>
        ))}
    </fieldset>
  );
}

function CostFields() {
  const { form: t, page, costs } = useTexts(travelTexts);
  const kinds = TRAVEL_COSTS.map((kind) => ({ value: kind, label: costs[kind] }));
  return (
    <fieldset className="part">
      <legend>{t.costs}</legend>
      <Repeated
        name="journey.costs"
        label={page.receipts}
        isOptional
        itemName={t.cost}
        add={t.addCost}
        blank={{ ...BLANK_COST }}
      >
        {(at) => (
          <>
            <SelectField name={`${at}.kind`} label={t.kind} choices={kinds} />
            <TextField name={`${at}.what`} label={t.what} />
            <DayField name={`${at}.paidOn`} label={t.paidOn} />
            <MoneyField name={`${at}.amount`} label={t.amount} currency={ANY_CURRENCY} />
            <DocumentField name={`${at}.documentId`} label={t.file} hint={t.fileHint} keep={keepAtFinance} />
          </>
        )}
      </Repeated>
      <MoneyField
        name="journey.paidByOthers"
        label={t.paidByOthers}
        hint={t.paidByOthersHint}
        currency="EUR"
        isOptional
      />
    </fieldset>
  );
}
