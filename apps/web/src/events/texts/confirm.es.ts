import type { ConfirmTexts } from './confirm.de';

const es: ConfirmTexts = {
  title: 'Confirmar la inscripción',
  lead: 'Ha abierto esta página desde un mensaje. Confirme que la dirección es suya y que desea participar.',
  confirm: 'Confirmar la inscripción',
  notYou: 'Si no conoce el evento, cierre simplemente esta página.',
  doneTitle: 'Inscripción confirmada',
  seat: {
    CONFIRMED: 'Su plaza está reservada.',
    WAITLISTED: 'Está en la lista de espera. Se avisará a quien le inscribió en cuanto haya una plaza libre.',
    OFFERED: 'Hay una plaza libre para usted. Quien le inscribió puede aceptarla ahora.',
    OFFER_EXPIRED: 'Una plaza ofrecida no se aceptó a tiempo.',
    CANCELLED: 'La inscripción se canceló.',
    ATTENDED: 'Su asistencia está registrada.',
    NO_SHOW: 'Consta que no vino nadie.',
  },
  invalidTitle: 'Este enlace ya no es válido',
  invalid: 'Ya se utilizó, ha caducado o está incompleto.',
  invalidHelp: 'Si ya confirmó, todo está bien. Si no, quien le inscribió puede hacer que se envíe un mensaje nuevo.',
  tryAgain: 'Inténtelo de nuevo dentro de un minuto.',
};

export default es;
