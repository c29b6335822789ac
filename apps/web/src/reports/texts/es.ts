import type { ReportTexts } from './de';

const es: ReportTexts = {
  expert: 'Persona experta',
  nameOf: (expert, town) => `${expert} en ${town}`,
  list: {
    title: 'Informes',
    status: 'Estado',
    report: 'Informe',
    assignment: 'Misión',
    dueOn: 'Vence el',
    empty: 'Ningún informe coincide. Los informes y sus fechas se crean con la salida.',
  },
  sections: {
    MILESTONES: { title: 'Hitos', hint: '¿Qué estaba acordado hasta hoy y qué se ha alcanzado?' },
    INDICATORS: { title: 'Resultados medibles', hint: 'Cifras que lo muestran: antes y ahora' },
    PARTNERSHIP_EFFECTS: {
      title: 'Efectos en el hermanamiento',
      hint: '¿Qué ha cambiado entre los dos municipios?',
    },
    GENDER: {
      title: 'Igualdad de género',
      hint: '¿Qué ha cambiado para mujeres y hombres, niñas y niños?',
    },
    OBSTACLES: { title: 'Obstáculos', hint: '¿Qué ha frenado y qué ayuda?' },
    BANKABLE_PROJECTS: { title: 'Proyectos para financiadores', hint: '¿Qué estaría listo para financiarse?' },
    NEXT_STEPS: { title: 'Próximos pasos', hint: 'Hasta el próximo informe' },
    RESOURCES_USED: { title: 'Medios empleados', hint: '¿Para qué se usaron el dinero y los materiales?' },
  },
  page: {
    content: 'Contenido',
    empty: 'Todavía no se ha presentado nada.',
    facts: 'Datos principales',
    submitted: 'Presentado',
    accepted: 'Aceptado el',
    cancelled: 'Suprimido tras',
    returned: 'Devuelto para revisarlo',
    attachments: 'Anexos',
    comments: 'Lo que dicen los municipios',
    noComments: 'Todavía ningún comentario.',
    sides: { DE: 'parte alemana', PARTNER: 'parte socia' },
  },
  cancellations: {
    EXTENSION: 'una prórroga',
    INTERRUPTION: 'una interrupción',
    RESUMPTION: 'una reanudación',
    EARLY_END: 'un final anticipado',
    CORRECTION: 'una corrección',
  },
  write: {
    title: 'Escribir el informe',
    intro: 'Escriba en cada parte lo que haya que decir. Lo que no se aplica queda vacío.',
    nothing: 'Escriba algo en al menos una parte.',
    attachments: 'Anexos',
    attachmentsHint:
      'Los archivos quedan con usted; se guarda su suma de comprobación. Envíelos a la oficina según lo acordado.',
    kept: 'Lo que escribe queda cifrado en este navegador hasta presentar el informe, también sin conexión.',
    submit: 'Presentar el informe',
    done: 'El informe está presentado. Después comentan los municipios.',
  },
  acts: {
    write: 'Escribir el informe',
    comment: { label: 'Comentar', done: 'Su comentario está registrado.' },
    text: 'Comentario de su municipio',
    accept: {
      label: 'Aceptar',
      done: 'El informe está aceptado.',
      ask: 'Después ya no cambia. Los plazos que lo esperan pasan a ser pagaderos.',
    },
    return: { label: 'Devolver', done: 'El informe está devuelto.' },
    reason: '¿Qué falta o hay que cambiar?',
    reasonHint: 'La persona experta lo lee',
  },
};

export default es;
