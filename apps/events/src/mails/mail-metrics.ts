import { declareCounter, declareGauge } from '#platform';

const where = 'events';

export const mailAttempts = declareCounter({
  name: 'mails_total',
  help: 'Attempts to send a mail to a participant, by what became of it',
  where,
  labels: { outcome: 'sent, again (tried later), given-up, dropped (nobody to write to any more)' },
});

export const MAIL_GAUGES = {
  waiting: declareGauge({ name: 'mails_waiting', help: 'Mails that are to be sent', where }),
  oldestSeconds: declareGauge({
    name: 'mails_waiting_age_seconds',
    help: 'Age of the oldest mail that is to be sent',
    where,
  }),
  givenUp: declareGauge({
    name: 'mails_given_up',
    help: 'Mails that could not be delivered, of people who are known still',
    where,
  }),
};
