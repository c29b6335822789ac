import { useQuery } from '@tanstack/react-query';
import { getPartnership } from '#contracts/partnership';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { choicesOf, MoneyField, NumberField, SelectField, TextArea, TextField } from '../ui/inputs';
import { projectTexts } from './texts';

/** What a project says, for its idea and for every change of it. */
export function ProjectFields({
  partnershipId,
  currency,
}: {
  readonly partnershipId: string | undefined;
  readonly currency: string;
}) {
  const { form: t, sectors } = useTexts(projectTexts);
  const { data } = useQuery({
    ...read(getPartnership, { partnershipId: partnershipId ?? '' }),
    enabled: partnershipId !== undefined,
  });
  const partners = data?.participants.filter(({ side }) => side === 'PARTNER') ?? [];
  return (
    <>
      <SelectField
        name="ownerMunicipalityId"
        label={t.owner}
        hint={t.ownerHint}
        choices={partners.map(({ municipalityId, name }) => ({ value: municipalityId, label: name }))}
      />
      <TextField name="title" label={t.title} />
      <TextArea name="summary" label={t.summary} hint={t.summaryHint} rows={6} />
      <SelectField name="sector" label={t.sector} hint={t.sectorHint} choices={choicesOf(sectors)} />
      <MoneyField name="capex" label={t.capex} currency={currency} isOptional />
      <NumberField name="costAccuracyPercent" label={t.accuracy} hint={t.accuracyHint} isOptional />
      <MoneyField name="opexPerYear" label={t.opex} currency={currency} isOptional />
    </>
  );
}
