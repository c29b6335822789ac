import type { LocalizedText } from '#contracts';

/** What is proved by the estimate and the sources of funding, not by a document. */
export const FIGURES = ['cost-30', 'cost-15', 'committed-funding', 'signed-funding'] as const;

/**
 * Words of the items that gates may ask for; which one asks for what, and must have it, is dated (PROJECT_CHECKLIST).
 * Source: docs/domain.md#bankable-projects.
 */
export const CHECKLIST_ITEMS = {
  'owner-named': {
    de: 'Verantwortliche Stelle in der Partnerkommune ist benannt',
    en: 'An office in the partner municipality is responsible',
    fr: 'Un service responsable est désigné dans la commune partenaire',
    es: 'Hay una oficina responsable en el municipio socio',
  },
  'plan-link': {
    de: 'Bezug zu einem kommunalen Plan oder zum nationalen Klimabeitrag (NDC)',
    en: 'Link to a municipal plan or the national climate contribution (NDC)',
    fr: 'Lien avec un plan communal ou la contribution nationale (CDN)',
    es: 'Vínculo con un plan municipal o la contribución nacional (CDN)',
  },
  'one-page-profile': {
    de: 'Steckbrief auf einer Seite',
    en: 'Profile on one page',
    fr: "Fiche d'une page",
    es: 'Ficha de una página',
  },
  'problem-and-options': {
    de: 'Problem und mögliche Lösungen sind beschrieben',
    en: 'Problem and possible solutions are described',
    fr: 'Problème et solutions possibles sont décrits',
    es: 'El problema y las posibles soluciones están descritos',
  },
  'rough-cost': {
    de: 'Grobe Kosten sind geschätzt',
    en: 'Cost is roughly estimated',
    fr: 'Coûts grossièrement estimés',
    es: 'Costo estimado a grandes rasgos',
  },
  'sponsor-resolution': {
    de: 'Beschluss des Trägers (Rat)',
    en: 'Resolution of the sponsor (council)',
    fr: 'Délibération du porteur (conseil)',
    es: 'Resolución del promotor (concejo)',
  },
  'land-idea': {
    de: 'Vorstellung vom Standort',
    en: 'Idea of the site',
    fr: "Idée de l'emplacement",
    es: 'Idea del sitio',
  },
  'safeguard-screening': {
    de: 'Erste Umwelt- und Sozialprüfung',
    en: 'First environmental and social screening',
    fr: 'Premier examen environnemental et social',
    es: 'Primer examen ambiental y social',
  },
  'concept-note': { de: 'Projektskizze', en: 'Concept note', fr: 'Note conceptuelle', es: 'Nota conceptual' },
  'stakeholder-map': {
    de: 'Übersicht der Beteiligten',
    en: 'Map of stakeholders',
    fr: 'Carte des parties prenantes',
    es: 'Mapa de actores',
  },
  'climate-ambition': {
    de: 'Beitrag zu Klimaschutz oder Anpassung ist ehrgeizig und übertragbar',
    en: 'Contribution to climate protection or adaptation is ambitious and can be repeated elsewhere',
    fr: 'Contribution climatique ambitieuse et reproductible',
    es: 'Contribución climática ambiciosa y replicable',
  },
  'options-compared': {
    de: 'Varianten sind verglichen',
    en: 'Options are compared',
    fr: 'Variantes comparées',
    es: 'Alternativas comparadas',
  },
  'cost-30': {
    de: 'Investitionskosten auf höchstens 30 % genau',
    en: 'Investment estimated within 30 % or better',
    fr: 'Investissement estimé à 30 % près ou mieux',
    es: 'Inversión estimada con un margen del 30 % o mejor',
  },
  demand: { de: 'Bedarf ist ermittelt', en: 'Demand is established', fr: 'Demande établie', es: 'Demanda establecida' },
  'ghg-estimate': {
    de: 'Wirkung auf Klima oder Anpassung ist geschätzt',
    en: 'Effect on climate or adaptation is estimated',
    fr: 'Effet climatique estimé',
    es: 'Efecto climático estimado',
  },
  'legal-base': {
    de: 'Rechtliche Grundlage ist geklärt',
    en: 'Legal base is clear',
    fr: 'Base juridique clarifiée',
    es: 'Base jurídica aclarada',
  },
  'preferred-option': {
    de: 'Vorzugsvariante ist gewählt',
    en: 'Preferred option is chosen',
    fr: 'Variante retenue',
    es: 'Alternativa preferida elegida',
  },
  'pre-feasibility-study': {
    de: 'Vormachbarkeitsstudie',
    en: 'Pre-feasibility study',
    fr: 'Étude de préfaisabilité',
    es: 'Estudio de prefactibilidad',
  },
  'waste-quantities': {
    de: 'Mengen und Zusammensetzung des Abfalls sind erhoben',
    en: 'Quantity and composition of the waste are surveyed',
    fr: 'Quantité et composition des déchets relevées',
    es: 'Cantidad y composición de los residuos medidas',
  },
  'informal-workers': {
    de: 'Informell Arbeitende sind einbezogen',
    en: 'Informal workers are included',
    fr: 'Travailleurs informels associés',
    es: 'Trabajadores informales incluidos',
  },
  'water-rights': {
    de: 'Wasserrechte sind geklärt',
    en: 'Water rights are settled',
    fr: "Droits d'eau réglés",
    es: 'Derechos de agua resueltos',
  },
  'grid-connection': {
    de: 'Netzanschluss ist zugesagt',
    en: 'Grid connection is agreed',
    fr: 'Raccordement au réseau convenu',
    es: 'Conexión a la red acordada',
  },
  'energy-yield': {
    de: 'Energieertrag ist berechnet',
    en: 'Energy yield is computed',
    fr: 'Rendement énergétique calculé',
    es: 'Rendimiento energético calculado',
  },
  'traffic-study': { de: 'Verkehrsstudie', en: 'Traffic study', fr: 'Étude de trafic', es: 'Estudio de tráfico' },
  'biodiversity-baseline': {
    de: 'Ausgangszustand der Natur ist erfasst',
    en: 'State of nature before is recorded',
    fr: 'État initial de la nature relevé',
    es: 'Estado inicial de la naturaleza registrado',
  },
  'technical-design': {
    de: 'Technischer Entwurf',
    en: 'Technical design',
    fr: 'Conception technique',
    es: 'Diseño técnico',
  },
  'cost-15': {
    de: 'Investitionskosten auf höchstens 15 % genau',
    en: 'Investment estimated within 15 % or better',
    fr: 'Investissement estimé à 15 % près ou mieux',
    es: 'Inversión estimada con un margen del 15 % o mejor',
  },
  'financial-model': {
    de: 'Finanzmodell (Kapitalwert, Rendite, Schuldendienstdeckung)',
    en: 'Financial model (NPV, IRR, DSCR)',
    fr: 'Modèle financier (VAN, TRI, DSCR)',
    es: 'Modelo financiero (VAN, TIR, RCSD)',
  },
  'impact-assessment': {
    de: 'Umwelt- und Sozialverträglichkeitsprüfung nach Kategorie, mit Managementplan',
    en: 'Environmental and social impact assessment by category, with management plan',
    fr: "Étude d'impact environnemental et social avec plan de gestion",
    es: 'Evaluación de impacto ambiental y social con plan de gestión',
  },
  'procurement-strategy': {
    de: 'Vergabestrategie',
    en: 'Procurement strategy',
    fr: 'Stratégie de passation des marchés',
    es: 'Estrategia de adquisiciones',
  },
  tariffs: { de: 'Gebühren und Tarife', en: 'Fees and tariffs', fr: 'Redevances et tarifs', es: 'Tasas y tarifas' },
  'risk-matrix': { de: 'Risikomatrix', en: 'Risk matrix', fr: 'Matrice des risques', es: 'Matriz de riesgos' },
  'feasibility-study': {
    de: 'Machbarkeitsstudie',
    en: 'Feasibility study',
    fr: 'Étude de faisabilité',
    es: 'Estudio de factibilidad',
  },
  'gender-analysis': { de: 'Genderanalyse', en: 'Gender analysis', fr: 'Analyse de genre', es: 'Análisis de género' },
  'financing-mix': {
    de: 'Finanzierungsmix steht',
    en: 'Financing mix is set',
    fr: 'Montage financier arrêté',
    es: 'Combinación de financiación definida',
  },
  'committed-funding': {
    de: 'Zugesagte und unterzeichnete Mittel decken die Investition',
    en: 'Committed and signed funding covers the investment',
    fr: "Les fonds engagés et signés couvrent l'investissement",
    es: 'Los fondos comprometidos y firmados cubren la inversión',
  },
  'borrowing-approval': {
    de: 'Kreditgenehmigung oder Bürgschaft, oder Bestätigung, dass keine nötig ist',
    en: 'Approval to borrow or guarantee, or confirmation that none is needed',
    fr: "Autorisation d'emprunt ou garantie, ou confirmation qu'elle n'est pas requise",
    es: 'Autorización de endeudamiento o garantía, o confirmación de que no se requiere',
  },
  'term-sheet': {
    de: 'Eckpunkte der Finanzierung (Term Sheet)',
    en: 'Term sheet',
    fr: 'Lettre de conditions (term sheet)',
    es: 'Hoja de términos',
  },
  permits: { de: 'Genehmigungen', en: 'Permits', fr: 'Autorisations', es: 'Permisos' },
  'land-secured': {
    de: 'Grundstück ist gesichert',
    en: 'Land is secured',
    fr: 'Terrain sécurisé',
    es: 'Terreno asegurado',
  },
  'tender-documents': {
    de: 'Ausschreibungsunterlagen',
    en: 'Tender documents',
    fr: "Dossiers d'appel d'offres",
    es: 'Documentos de licitación',
  },
  'information-memorandum': {
    de: 'Informationsmemorandum für Geldgeber',
    en: 'Information memorandum for financiers',
    fr: "Mémorandum d'information pour les bailleurs",
    es: 'Memorando de información para financiadores',
  },
  'signed-funding': {
    de: 'Unterzeichnete Mittel decken die Investition',
    en: 'Signed funding covers the investment',
    fr: "Les fonds signés couvrent l'investissement",
    es: 'Los fondos firmados cubren la inversión',
  },
  'conditions-precedent': {
    de: 'Auszahlungsvoraussetzungen sind erfüllt',
    en: 'Conditions precedent are met',
    fr: 'Conditions suspensives remplies',
    es: 'Condiciones previas cumplidas',
  },
  'works-contract': {
    de: 'Bau- oder Leistungsvertrag',
    en: 'Contract for works or services',
    fr: 'Marché de travaux ou de services',
    es: 'Contrato de obra o servicios',
  },
  monitoring: {
    de: 'Überwachung von Bau und Wirkung',
    en: 'Monitoring of works and effects',
    fr: 'Suivi des travaux et des effets',
    es: 'Seguimiento de obras y efectos',
  },
  'progress-reports': {
    de: 'Fortschrittsberichte',
    en: 'Progress reports',
    fr: "Rapports d'avancement",
    es: 'Informes de avance',
  },
  commissioning: { de: 'Inbetriebnahme', en: 'Commissioning', fr: 'Mise en service', es: 'Puesta en servicio' },
  'operation-budget': {
    de: 'Betrieb und Unterhalt stehen im Haushalt',
    en: 'Operation and maintenance are in the budget',
    fr: 'Exploitation et entretien inscrits au budget',
    es: 'Operación y mantenimiento en el presupuesto',
  },
  'results-measured': {
    de: 'Wirkungen sind gemessen',
    en: 'Results are measured',
    fr: 'Résultats mesurés',
    es: 'Resultados medidos',
  },
  'completion-report': {
    de: 'Abschlussbericht',
    en: 'Completion report',
    fr: "Rapport d'achèvement",
    es: 'Informe de finalización',
  },
} as const satisfies Readonly<Record<string, LocalizedText>>;

export type ChecklistItem = keyof typeof CHECKLIST_ITEMS;
