import type { ConfirmTexts } from './confirm.de';

const en: ConfirmTexts = {
  title: 'Confirm registration',
  lead: 'You opened this page from a message. Please confirm that the address is yours and that you want to take part.',
  confirm: 'Confirm registration',
  notYou: 'If you do not know the event, simply close this page.',
  doneTitle: 'Registration confirmed',
  seat: {
    CONFIRMED: 'Your seat is reserved.',
    WAITLISTED: 'You are on the waiting list. Whoever registered you is told as soon as a seat is free.',
    OFFERED: 'A seat is free for you. Whoever registered you can accept it now.',
    OFFER_EXPIRED: 'A seat that was offered was not accepted in time.',
    CANCELLED: 'The registration was cancelled.',
    ATTENDED: 'Your attendance is recorded.',
    NO_SHOW: 'It is recorded that nobody came.',
  },
  invalidTitle: 'This link no longer works',
  invalid: 'It was used already, has expired or is not complete.',
  invalidHelp:
    'If you have confirmed before, all is well. Otherwise whoever registered you can have a new message sent.',
  tryAgain: 'Please try again in a minute.',
};

export default en;
