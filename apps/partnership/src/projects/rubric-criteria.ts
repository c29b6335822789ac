import type { LocalizedText } from '#contracts';
import type { ScoreDimension } from '#contracts/partnership';

interface CriterionWords {
  readonly dimension: ScoreDimension;
  readonly title: LocalizedText;
}

const of =
  (dimension: ScoreDimension) =>
  (de: string, en: string, fr: string, es: string): CriterionWords => ({ dimension, title: { de, en, fr, es } });
const rationale = of('RATIONALE');
const options = of('OPTIONS');
const commercial = of('COMMERCIAL');
const affordability = of('AFFORDABILITY');
const deliverability = of('DELIVERABILITY');

/**
 * What projects may be scored by, in the five dimensions of the G20 principles; which criteria count, and how much, is dated
 * (PROJECT_RUBRIC). Source: docs/domain.md#bankable-projects.
 */
export const CRITERIA = {
  need: rationale('Bedarf und Nutzen', 'Need and benefit', 'Besoin et utilité', 'Necesidad y beneficio'),
  'plan-fit': rationale(
    'Passt zu kommunalen und nationalen Plänen',
    'Fits municipal and national plans',
    'Conforme aux plans communaux et nationaux',
    'Conforme a los planes municipales y nacionales',
  ),
  climate: rationale(
    'Wirkung auf Klima und Anpassung',
    'Effect on climate and adaptation',
    'Effet sur le climat et l’adaptation',
    'Efecto sobre el clima y la adaptación',
  ),
  social: rationale(
    'Sozialer Nutzen und Geschlechtergerechtigkeit',
    'Social benefit and gender',
    'Utilité sociale et genre',
    'Beneficio social y género',
  ),
  alternatives: options(
    'Varianten sind geprüft',
    'Options are appraised',
    'Variantes examinées',
    'Alternativas evaluadas',
  ),
  technical: options('Technische Reife', 'Technical maturity', 'Maturité technique', 'Madurez técnica'),
  environment: options(
    'Umwelt- und Sozialrisiken sind beherrscht',
    'Environmental and social risks are under control',
    'Risques environnementaux et sociaux maîtrisés',
    'Riesgos ambientales y sociales controlados',
  ),
  revenue: commercial('Einnahmen', 'Revenue', 'Recettes', 'Ingresos'),
  risk: commercial('Verteilung der Risiken', 'Allocation of risks', 'Répartition des risques', 'Reparto de riesgos'),
  procurement: commercial(
    'Reife für die Vergabe',
    'Readiness for procurement',
    'Préparation à la passation des marchés',
    'Preparación para la licitación',
  ),
  cost: affordability('Verlässliche Kosten', 'Realistic cost', 'Réalisme des coûts', 'Realismo de los costos'),
  affordability: affordability(
    'Tragbar für Haushalt und Nutzer*innen',
    'Affordable to budget and users',
    'Supportable pour le budget et les usagers',
    'Asequible para el presupuesto y los usuarios',
  ),
  debt: affordability(
    'Fähigkeit, Kredite zu bedienen',
    'Capacity to service debt',
    'Capacité de remboursement',
    'Capacidad de endeudamiento',
  ),
  commitment: deliverability('Politischer Wille', 'Political commitment', 'Volonté politique', 'Compromiso político'),
  capacity: deliverability(
    'Personal und Fähigkeiten des Trägers',
    'Staff and skills of the sponsor',
    'Personnel et compétences du porteur',
    'Personal y capacidades del promotor',
  ),
  mandate: deliverability('Rechtliches Mandat', 'Legal mandate', 'Mandat légal', 'Mandato legal'),
  land: deliverability('Standort und Grundstück', 'Site and land', 'Site et terrain', 'Sitio y terreno'),
} as const satisfies Readonly<Record<string, CriterionWords>>;

export type CriterionKey = keyof typeof CRITERIA;
