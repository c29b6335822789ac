import { AnswerSeal, signingFault, unreadableAnswers } from '#messaging';
import { SERVICES } from '#contracts';
import type { Check } from '../check';
import { NotExamined } from '../not-examined';

export const signingKeys: Check = {
  name: 'signing keys',
  page: 'deploy/runbooks/keys.md',
  examine: async (installation) => {
    const trusted = installation.settings.TRUSTED_SIGNING_KEYS;
    if (Object.keys(trusted).length === 0) throw new NotExamined('TRUSTED_SIGNING_KEYS is not set');
    const faults = await installation.readEach((reader, service) => signingFault(reader, { service, trusted }));
    return faults.flatMap(([service, fault]) =>
      fault === undefined
        ? []
        : [
            {
              sentence: `The last message of ${service} will not be believed: ${fault}.`,
              remedy: `Give all services the public half of the SIGNING_KEY of ${service}, in TRUSTED_SIGNING_KEYS.`,
            },
          ],
    );
  },
};

export const answerKeys: Check = {
  name: 'answer keys',
  page: 'deploy/runbooks/keys.md',
  examine: async (installation) => {
    const known = SERVICES.flatMap((service) => {
      const secret = installation.of('CURSOR_SECRET', service);
      return secret === undefined ? [] : [{ service, secret }];
    });
    if (known.length === 0) throw new NotExamined('CURSOR_SECRET_<SERVICE> and ANSWER_KEYS_<SERVICE> are not set');
    const found = known.map(async ({ service, secret }) => {
      const seal = new AnswerSeal({ CURSOR_SECRET: secret, ANSWER_KEYS: installation.answerKeysOf(service) });
      const unreadable = await installation.read(service, (reader) => unreadableAnswers(reader, seal));
      return unreadable.map(({ key, answers }) => ({
        sentence: `${service}: ${answers} stored answers are sealed with the key "${key}", which is not there or another one.`,
        remedy:
          'Add that key behind the present one in ANSWER_KEYS; repeated requests are answered with an error until then.',
      }));
    });
    return (await Promise.all(found)).flat();
  },
};
