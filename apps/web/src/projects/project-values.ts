import type { Money } from '#contracts';
import type { ProjectSector, ProjectView } from '#contracts/partnership';

interface Amount {
  readonly amount?: string;
  readonly currency: string;
}

/** What the form holds of a project. */
export interface ProjectValues {
  readonly ownerMunicipalityId: string;
  readonly title: string;
  readonly summary: string;
  readonly sector: string;
  readonly capex: Amount;
  readonly opexPerYear: Amount;
  readonly costAccuracyPercent?: number | string;
}

const CURRENCY = 'EUR';

export const EMPTY: ProjectValues = {
  ownerMunicipalityId: '',
  title: '',
  summary: '',
  sector: '',
  capex: { amount: '', currency: CURRENCY },
  opexPerYear: { amount: '', currency: CURRENCY },
  costAccuracyPercent: '',
};

export function valuesOf(project: ProjectView): ProjectValues {
  const { ownerMunicipalityId, title, summary, sector, capex, opexPerYear, costAccuracyPercent, currency } = project;
  const none = { amount: '', currency };
  return {
    ownerMunicipalityId,
    title,
    summary,
    sector,
    capex: capex ?? none,
    opexPerYear: opexPerYear ?? none,
    costAccuracyPercent: costAccuracyPercent ?? '',
  };
}

/** As the request wants it: an amount that was left empty is none. */
export function contentOf({ ownerMunicipalityId, title, summary, sector, ...rest }: ProjectValues) {
  return {
    ownerMunicipalityId,
    title,
    summary,
    sector: sector as ProjectSector,
    capex: given(rest.capex),
    opexPerYear: given(rest.opexPerYear),
    costAccuracyPercent: rest.costAccuracyPercent as number | undefined,
  };
}

function given({ amount, currency }: Amount): Money | undefined {
  return amount === undefined || amount === '' ? undefined : { amount, currency };
}
