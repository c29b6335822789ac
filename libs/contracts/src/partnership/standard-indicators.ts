import type { LocalizedText } from '../values';

/** What a value of an indicator is. */
export type StandardKind = 'NUMBER' | 'PERCENTAGE' | 'YES_NO';

export interface StandardIndicator {
  readonly title: LocalizedText;
  readonly kind: StandardKind;
  /** Of a number; for a percentage what numerator and denominator count. */
  readonly unit: LocalizedText | null;
}

const persons = { de: 'Personen', en: 'persons', fr: 'personnes', es: 'personas' };
const households = { de: 'Haushalte', en: 'households', fr: 'ménages', es: 'hogares' };
const structures = { de: 'Einrichtungen', en: 'structures', fr: 'structures', es: 'estructuras' };

/**
 * The indicators of the programme. Only what means the same may be added up: an indicator of a result that is one of these counts in
 * its total, any other stands for itself. Source: docs/domain.md#results (PROPOSAL).
 */
export const STANDARD_INDICATORS = {
  PEOPLE_REACHED: {
    title: {
      de: 'Erreichte Menschen',
      en: 'People reached',
      fr: 'Personnes atteintes',
      es: 'Personas alcanzadas',
    },
    kind: 'NUMBER',
    unit: persons,
  },
  PEOPLE_BETTER_SERVED: {
    title: {
      de: 'Menschen mit besserer kommunaler Leistung',
      en: 'People with a better municipal service',
      fr: 'Personnes bénéficiant d’un meilleur service municipal',
      es: 'Personas con un mejor servicio municipal',
    },
    kind: 'NUMBER',
    unit: persons,
  },
  PEOPLE_TRAINED: {
    title: {
      de: 'Fortgebildete Menschen',
      en: 'People trained',
      fr: 'Personnes formées',
      es: 'Personas formadas',
    },
    kind: 'NUMBER',
    unit: persons,
  },
  JOBS_CREATED: {
    title: {
      de: 'Geschaffene Arbeitsplätze',
      en: 'Jobs created',
      fr: 'Emplois créés',
      es: 'Empleos creados',
    },
    kind: 'NUMBER',
    unit: { de: 'Arbeitsplätze', en: 'jobs', fr: 'emplois', es: 'empleos' },
  },
  HOUSEHOLDS_CONNECTED: {
    title: {
      de: 'Neu angeschlossene Haushalte',
      en: 'Households newly connected',
      fr: 'Ménages nouvellement raccordés',
      es: 'Hogares recién conectados',
    },
    kind: 'NUMBER',
    unit: households,
  },
  EMISSIONS_AVOIDED: {
    title: {
      de: 'Vermiedene Treibhausgase',
      en: 'Greenhouse gases avoided',
      fr: 'Gaz à effet de serre évités',
      es: 'Gases de efecto invernadero evitados',
    },
    kind: 'NUMBER',
    unit: { de: 't CO₂-Äquivalent', en: 't of CO₂ equivalent', fr: 't d’équivalent CO₂', es: 't de CO₂ equivalente' },
  },
  WASTE_COLLECTED: {
    title: {
      de: 'Getrennt gesammelter Abfall',
      en: 'Waste collected separately',
      fr: 'Déchets collectés séparément',
      es: 'Residuos recogidos por separado',
    },
    kind: 'NUMBER',
    unit: { de: 'Tonnen', en: 'tonnes', fr: 'tonnes', es: 'toneladas' },
  },
  SERVICE_COVERAGE: {
    title: {
      de: 'Versorgte Haushalte',
      en: 'Households served',
      fr: 'Ménages desservis',
      es: 'Hogares atendidos',
    },
    kind: 'PERCENTAGE',
    unit: households,
  },
  WOMEN_AMONG_TRAINED: {
    title: {
      de: 'Frauen unter den Fortgebildeten',
      en: 'Women among those trained',
      fr: 'Femmes parmi les personnes formées',
      es: 'Mujeres entre las personas formadas',
    },
    kind: 'PERCENTAGE',
    unit: persons,
  },
  STRUCTURE_LASTS: {
    title: {
      de: 'Einrichtung arbeitet ein Jahr danach',
      en: 'Structure works one year later',
      fr: 'La structure fonctionne un an après',
      es: 'La estructura funciona un año después',
    },
    kind: 'YES_NO',
    unit: structures,
  },
} as const satisfies Readonly<Record<string, StandardIndicator>>;
export type StandardKey = keyof typeof STANDARD_INDICATORS;
export const STANDARD_KEYS = Object.keys(STANDARD_INDICATORS) as [StandardKey, ...StandardKey[]];
