import { ApiClient, ApiProblem } from '../demo/api-client';
import { DEMO_CASES } from '../demo/cases';
import { requestDemoToken, user } from '../demo/demo-token';
import { gatewayUrl } from '../demo/environment';
import { ensurePartnership } from '../demo/partnerships';
import { DEMO_EXPERT_ID } from '../identity-provider/demo-users';

/** What `npm start` fills in through the API: the demo's partnerships and the expert that the demo user is bound to. Repeatable. */
async function main(): Promise<void> {
  const api = new ApiClient(gatewayUrl(), requestDemoToken);
  for (const demo of DEMO_CASES) await ensurePartnership(api, demo);
  try {
    await api.request(user('recruiter'), 'PUT', `/experts/${DEMO_EXPERT_ID}`, { ifNoneMatch: '*', body: DEMO_EXPERT });
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
  }
}

const DEMO_EXPERT = {
  languages: [{ language: 'en', level: 'C1' }],
  fieldsOfAction: ['waste_management'],
  qualifications: ['Diploma in environmental engineering'],
  citizenships: ['DE'],
  residenceCountry: 'DE',
  person: { givenNames: 'Erika', familyName: 'Fachmann', birthDate: '1985-03-14', email: 'expert@example.org' },
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
