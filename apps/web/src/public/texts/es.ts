import type { PublicTexts } from './de';

const es: PublicTexts = {
  start: {
    title: 'Expertos para los hermanamientos municipales',
    lead: 'Las ciudades, municipios y distritos con un hermanamiento activo con un municipio alemán reciben el apoyo de un experto. Juntos, ambos lados llevan a cabo la Agenda 2030 sobre el terreno.',
    signIn: 'Iniciar sesión',
    events: 'Ver los eventos',
    numbers: 'Dónde actúa el fondo',
    waysTitle: 'Tres caminos hacia un experto',
    ways: [
      {
        title: 'Experto integrado',
        text: 'El municipio socio lo emplea con el salario local; el fondo paga un complemento.',
      },
      {
        title: 'Cooperante',
        text: 'Trabaja de uno a cuatro años en el municipio socio según la ley alemana de cooperantes.',
      },
      {
        title: 'Experto local',
        text: 'El municipio socio emplea a una persona de su propio país; el fondo la financia.',
      },
    ],
    stepsTitle: 'Cómo funciona',
    steps: [
      {
        title: 'Solicitar juntos',
        text: 'Ambos municipios describen la situación, el objetivo y las tareas, y firman la misma manifestación de interés.',
      },
      {
        title: 'Evaluación y selección',
        text: 'El centro de servicio revisa los datos. Dos personas evalúan de forma independiente.',
      },
      {
        title: 'Encontrar al experto',
        text: 'El municipio socio decide quién viene. La misión solo se confirma cuando el dinero de todo el plazo está comprometido.',
      },
      {
        title: 'Trabajar e informar',
        text: 'El experto trabaja sobre el terreno. Los pagos siguen el plan; los informes muestran lo logrado.',
      },
    ],
  },
  about: {
    accessibility: {
      title: 'Accesibilidad',
      parts: [
        {
          title: 'Estado',
          text: 'Estas páginas pretenden cumplir la BITV 2.0 y las WCAG 2.1 nivel AA. Un programa revisa cada página con cada cambio y la maneja con el teclado; falta todavía una prueba por personas con discapacidad.',
        },
        {
          title: 'Defectos conocidos',
          text: 'Los días se escriben con el calendario del navegador; su idioma es el del navegador y no el de estas páginas.',
        },
        {
          title: 'Comentarios',
          text: 'Si encuentra un obstáculo, escriba al centro de servicio: qué página, qué no funcionó y con qué trabaja. Responde en dos semanas.',
        },
        {
          title: 'Conciliación',
          text: 'Si eso no ayuda, puede acudir al órgano de conciliación según el artículo 16 de la ley alemana BGG.',
        },
      ],
    },
    imprint: {
      title: 'Aviso legal',
      parts: [
        {
          title: 'Responsable',
          text: 'Responsable es quien opera esta instalación. El operador debe indicar nombre, dirección y contacto antes de publicar las páginas.',
        },
        {
          title: 'Software',
          text: 'El software tiene la licencia EUPL-1.2. Diseño: sistema KERN (EUPL-1.2). Letra: Fira Sans (SIL Open Font License 1.1).',
        },
        { title: 'Datos', text: 'Registro de municipios: © Statistisches Bundesamt (Destatis).' },
      ],
    },
    privacy: {
      title: 'Protección de datos',
      parts: [
        {
          title: 'En estas páginas',
          text: 'No hay publicidad, ni recuento, ni contenidos de otros servidores. Tras iniciar sesión una cookie mantiene su sesión; es técnicamente necesaria y se borra al cerrarla. El idioma y la vista solo los recuerda su navegador.',
        },
        {
          title: 'En los expedientes',
          text: 'Se tratan los datos que hacen falta para la solicitud, la misión y el pago. Quién hizo qué y cuándo queda registrado para poder revisarlo.',
        },
        {
          title: 'En los eventos',
          text: 'Quien es inscrito en un evento recibe un mensaje y confirma que la dirección es suya. El mensaje no se conserva. Los nombres y las direcciones se borran seis meses después del evento; las necesidades de accesibilidad, cuando termina.',
        },
        {
          title: 'Sus derechos',
          text: 'Puede pedir acceso, rectificación y supresión a la persona delegada de protección de datos del operador.',
        },
      ],
    },
    plain: {
      title: 'Lenguaje sencillo',
      parts: [
        {
          title: '¿Qué es el fondo de expertos?',
          text: 'Muchas ciudades de Alemania tienen una ciudad hermana en otro país. Las ciudades se ayudan. A veces les falta una persona que sepa hacer algo muy bien. Esa persona se llama experto.',
        },
        {
          title: '¿Qué hace el fondo?',
          text: 'El fondo ayuda a encontrar a un experto. Y el fondo da dinero para ello.',
        },
        {
          title: '¿Qué puede hacer aquí?',
          text: 'Inicia sesión. Entonces ve lo que tiene que hacer. Por ejemplo, escribir una solicitud o entregar un informe.',
        },
        { title: '¿Necesita ayuda?', text: 'Escriba al centro de servicio. Allí le ayudan con gusto.' },
      ],
    },
  },
};

export default es;
