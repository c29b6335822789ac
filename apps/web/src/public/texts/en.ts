import type { PublicTexts } from './de';

const en: PublicTexts = {
  start: {
    title: 'Experts for municipal partnerships',
    lead: 'Cities, municipalities and districts that have an active partnership with a German municipality get the support of an expert. Together both sides carry out the 2030 Agenda on the ground.',
    signIn: 'Sign in',
    events: 'See the events',
    numbers: 'Where the fund works',
    waysTitle: 'Three ways to an expert',
    ways: [
      {
        title: 'Integrated expert',
        text: 'The partner municipality employs them at the local salary; the fund adds a top-up.',
      },
      {
        title: 'Development worker',
        text: 'They work in the partner municipality for one to four years under the German Development Workers Act.',
      },
      {
        title: 'Local expert',
        text: 'The partner municipality employs a person of its own country; the fund finances them.',
      },
    ],
    stepsTitle: 'How it works',
    steps: [
      {
        title: 'Ask together',
        text: 'Both municipalities describe situation, goal and tasks, and sign the same expression of interest.',
      },
      {
        title: 'Assessment and selection',
        text: 'The service centre checks what was sent. Two people assess it independently.',
      },
      {
        title: 'Find the expert',
        text: 'The partner municipality decides who comes. The assignment is confirmed only when the money for the whole term is bound.',
      },
      {
        title: 'Work and report',
        text: 'The expert works on the ground. Payments follow the plan; reports show what was reached.',
      },
    ],
  },
  about: {
    accessibility: {
      title: 'Accessibility',
      parts: [
        {
          title: 'Where we are',
          text: 'These pages are meant to meet BITV 2.0 and WCAG 2.1 level AA. Every page is checked by a program with every change and operated by keyboard; a test by people with disabilities is still to come.',
        },
        {
          title: 'Known faults',
          text: 'Days are entered with the calendar of the browser; its language follows the browser and not the language of these pages.',
        },
        {
          title: 'Feedback',
          text: 'If something stands in your way, please write to the service centre: which page, what did not work and what you work with. It answers within two weeks.',
        },
        {
          title: 'Arbitration',
          text: 'If that does not help, you can turn to the arbitration board under section 16 of the German Act on Equal Opportunities for Persons with Disabilities (BGG).',
        },
      ],
    },
    imprint: {
      title: 'Imprint',
      parts: [
        {
          title: 'Provider',
          text: 'The provider is whoever operates this installation. Name, address and contact are to be entered by the operator before the pages are public.',
        },
        {
          title: 'Software',
          text: 'The software is licensed under the EUPL-1.2. Design: KERN design system (EUPL-1.2). Typeface: Fira Sans (SIL Open Font License 1.1).',
        },
        { title: 'Data', text: 'Register of municipalities: © Statistisches Bundesamt (Destatis).' },
      ],
    },
    privacy: {
      title: 'Privacy',
      parts: [
        {
          title: 'On these pages',
          text: 'There is no advertising, no counting and nothing from other servers. After sign-in a cookie holds your session; it is needed technically and is deleted when you sign out. Language and display are remembered by your browser alone.',
        },
        {
          title: 'In the cases',
          text: 'What is processed is what request, assignment and payment need. Who did what and when is recorded so that it can be audited.',
        },
        {
          title: 'At events',
          text: 'Whoever is registered for an event gets a message and confirms that the address is theirs. The message itself is not kept. Names and addresses are deleted six months after the event, accessibility needs when it ends.',
        },
        {
          title: 'Your rights',
          text: 'You can ask for access, correction and erasure. Turn to the data protection officer of the operator.',
        },
      ],
    },
    plain: {
      title: 'Plain language',
      parts: [
        {
          title: 'What is the expert fund?',
          text: 'Many towns in Germany have a partner town in another country. The partners help each other. Sometimes they need a person who can do something very well. Such a person is called an expert.',
        },
        { title: 'What does the fund do?', text: 'The fund helps to find an expert. And the fund gives money for it.' },
        {
          title: 'What can you do here?',
          text: 'You sign in. Then you see what there is to do for you. For example you can write a request or hand in a report.',
        },
        { title: 'Do you need help?', text: 'Write to the service centre. The people there like to help you.' },
      ],
    },
  },
};

export default en;
