import { changeExpert, createExpert, getExpert, listExperts, planAssignment } from '#contracts/staffing';
import { newId } from '#platform';
import { caller, startTestService, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import {
  assignmentGround,
  expert,
  germanUser,
  knownExpert,
  knownPartnership,
  officer,
  partnerUser,
  recruiter,
} from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;

beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
}, 60_000);
afterAll(() => app.close());

describe('the personal data of an expert', () => {
  it.each(['recruiter', 'programme-officer', 'data-protection-officer'] as const)('is seen by %s', async (role) => {
    const { id } = await knownExpert(app);
    expect((await app.rpc(getExpert, { expertId: id }, caller(role))).person).toMatchObject({ familyName: 'Probe' });
  });

  it.each(['adviser', 'auditor'] as const)('is not seen by %s, neither alone nor in the list', async (role) => {
    const { id } = await knownExpert(app);
    const { items } = await app.rpc(listExperts, {}, caller(role));
    expect((await app.rpc(getExpert, { expertId: id }, caller(role))).person).toBeNull();
    expect(items.every((item) => item.person === null)).toBe(true);
  });

  it('is seen by the expert alone among experts', async () => {
    const { id } = await knownExpert(app);
    const own = caller('expert', { expertId: id });
    expect((await app.rpc(getExpert, { expertId: id }, own)).person).not.toBeNull();
    const other = app.rpc(getExpert, { expertId: id }, caller('expert', { expertId: newId() }));
    await expect(other).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    expect((await app.rpc(listExperts, {}, own)).items.map((item) => item.id)).toEqual([id]);
  });

  it('is hidden from the municipalities of an assignment, who see the case data', async () => {
    const { plan, partnership } = await assignmentGround(app);
    await app.rpc(planAssignment, plan, officer);
    for (const user of [germanUser(partnership), partnerUser(partnership)]) {
      const view = await app.rpc(getExpert, { expertId: plan.expertId }, user);
      expect(view).toMatchObject({ person: null, citizenships: ['DE'] });
    }
    const stranger = germanUser(await knownPartnership(app));
    await expect(app.rpc(getExpert, { expertId: plan.expertId }, stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});

describe('the record of an expert', () => {
  it('can be made under an id of the client, once', async () => {
    const id = newId();
    await app.rpc(createExpert, expert({ id }), recruiter);
    await expect(app.rpc(createExpert, expert({ id }), recruiter)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_EXISTS',
    });
  });

  it('is found by field, language and citizenship', async () => {
    const { id } = await knownExpert(app, {
      fieldsOfAction: ['urban_transport'],
      languages: [{ language: 'pt', level: 'C1' }],
      citizenships: ['CH', 'BR'],
    });
    for (const filter of [{ fieldOfAction: ['urban_transport'] }, { language: 'pt' }, { citizenship: 'BR' }]) {
      expect((await app.rpc(listExperts, filter, recruiter)).items.map((item) => item.id)).toEqual([id]);
    }
  });

  it('is kept up to date by the expert, on the version read', async () => {
    const { id, version } = await knownExpert(app);
    const own = caller('expert', { expertId: id });
    const change = { expertId: id, residenceCountry: 'TZ' };
    expect(await app.rpc(changeExpert, change, own, { expectedVersion: version })).toMatchObject({
      residenceCountry: 'TZ',
      citizenships: ['DE'],
      version: version + 1,
    });
    await expect(app.rpc(changeExpert, change, own, { expectedVersion: version })).rejects.toMatchObject({
      code: 'PLATFORM_VERSION_STALE',
    });
    const stranger = caller('expert', { expertId: newId() });
    await expect(app.rpc(changeExpert, change, stranger, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
  });
});
