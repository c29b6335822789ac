import type { HomeTexts } from './de';

const es: HomeTexts = {
  title: 'Mis tareas',
  waits: 'Lo que le espera',
  nothing: 'Por ahora no le espera nada.',
  more: (count) => `${count}+`,
  expert: {
    title: 'Mi misión',
    none: 'Todavía no tiene misión. En cuanto haya una prevista, la verá aquí.',
    record: 'Ver mis datos',
  },
  items: {
    proposedPartnerships: 'Hermanamientos que aún no están activos',
    activePartnerships: 'Hermanamientos activos',
    draftRequests: 'Borradores por escribir o firmar',
    returnedRequests: 'Devueltas: por corregir',
    submittedRequests: 'Presentadas: por revisar formalmente',
    requestsToAssess: 'Por evaluar',
    requestsToDecide: 'Recomendadas: por decidir',
    assignmentsToDecide: 'Misiones por decidir',
    assignmentsWithoutCover: 'Misiones sin cobertura',
    payoutsFactual: 'Vencidos: por revisar en el fondo',
    payoutsArithmetical: 'Por revisar en el cálculo',
    payoutsToOrder: 'Pagos por ordenar',
    payoutsOrdered: 'Ordenados: por incluir en una remesa',
    runsToSend: 'Remesas que deben ir al banco',
    payoutsReturned: 'Devueltos o rechazados: por decidir',
    hits: 'Coincidencias de nombres por decidir',
    accountChanges: 'Cambios de cuenta por confirmar',
    bankEntries: 'Movimientos bancarios sin asignar',
    dismissals: 'Movimientos por descartar: su decisión',
    offersToAnswer: 'Plazas ofrecidas: acepte o rechace',
    draftEvents: 'Eventos en borrador',
    eventsToSettle: 'Eventos por liquidar',
  },
};

export default es;
