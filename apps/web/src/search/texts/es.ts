import type { SearchTexts } from './de';

const es: SearchTexts = {
  title: 'Búsqueda',
  titleOf: (q: string) => `Búsqueda de «${q}»`,
  nothingAsked: 'Escriba arriba un número como FA-2026-0147 o un nombre.',
  tooShort: 'Escriba al menos dos caracteres.',
  away: 'Aquí falta lo que saben estas áreas; no responden en este momento:',
  found: (count: number) =>
    count === 0
      ? 'No se encontró nada. Un número encuentra su caso por sí solo; si no, pruebe con una palabra del nombre.'
      : count === 1
        ? '1 resultado'
        : `${count} resultados`,
  kind: 'Qué',
  name: 'Nombre',
  state: 'Estado',
  kinds: {
    partnership: 'Hermanamiento',
    municipality: 'Municipio',
    project: 'Proyecto',
    expertRequest: 'Manifestación de interés',
    expert: 'Experto',
    assignment: 'Misión',
    payout: 'Pago',
    paymentRun: 'Lote de pagos',
    claim: 'Reclamación de reembolso',
    event: 'Evento',
    registration: 'Inscripción',
  },
  services: {
    partnership: 'Hermanamientos',
    staffing: 'Demanda y misiones',
    finance: 'Dinero',
    events: 'Eventos',
  },
};

export default es;
