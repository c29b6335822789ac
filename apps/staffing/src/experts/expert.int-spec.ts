import type { Role } from '#contracts';
import {
  changeExpert,
  createExpert,
  type ExpertPersonView,
  getExpert,
  listExperts,
  listStaffingAuditRecords,
  planAssignment,
  verifyExpert,
} from '#contracts/staffing';
import { newId } from '#platform';
import { caller, startTestService, type TestCaller, type TestService } from '#testing';
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
    const filters = [
      { fieldOfAction: ['urban_transport'] },
      { language: 'pt' },
      { language: 'pt', level: 'B2' as const },
      { citizenship: 'BR' },
    ];
    for (const filter of filters) {
      expect((await app.rpc(listExperts, filter, recruiter)).items.map((item) => item.id)).toEqual([id]);
    }
    expect((await app.rpc(listExperts, { language: 'pt', level: 'C2' }, recruiter)).items).toEqual([]);
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

describe('a fact that decides', () => {
  const statedBy = async (as: TestCaller, expertId: string, expectedVersion: number, change: object) =>
    app.rpc(changeExpert, { expertId, ...change }, as, { expectedVersion });
  const self = (expertId: string) => caller('expert', { expertId });
  const person = { givenNames: 'Maren', familyName: 'Probe', birthDate: '1988-03-02', email: 'self@example.org' };

  it('counts as verified by who of the fund entered it, with the paper that was named', async () => {
    const { id, verifications } = await app.rpc(createExpert, expert({ document: 'PASSPORT' }), recruiter);
    const verification = { by: recruiter.subject, at: expect.any(String) as string, document: 'PASSPORT' };
    expect(verifications).toEqual({
      citizenships: verification,
      birthDate: verification,
      residenceCountry: verification,
    });
    const seen = await app.rpc(getExpert, { expertId: id }, caller('adviser'));
    expect(seen.verifications).toBeNull();
  });

  it.each([
    ['citizenships', { citizenships: ['DE', 'GH'] }],
    ['residenceCountry', { residenceCountry: 'GH' }],
    ['birthDate', { person: { ...person, birthDate: '1989-03-02' } }],
  ] as const)('%s is not verified any more once the expert changes it, and the others are', async (fact, change) => {
    const { id, version } = await knownExpert(app);
    const changed = await statedBy(self(id), id, version, change);
    const open = Object.entries(changed.verifications ?? {}).filter(([, verification]) => verification === null);
    expect(open.map(([name]) => name)).toEqual([fact]);
  });

  it('stays verified when the expert sends the same again, or changes what decides nothing', async () => {
    const { id, version, verifications } = await knownExpert(app, { citizenships: ['DE', 'GH'] });
    const change = { citizenships: ['GH', 'DE'], residenceCountry: 'DE', qualifications: ['Another'], person };
    const changed = await statedBy(self(id), id, version, { ...change, person });
    expect(changed.verifications).toEqual(verifications);
  });

  it('decides nothing until a person of the fund has verified it against a paper', async () => {
    const { plan } = await assignmentGround(app);
    const { id: expertId, version } = await knownExpert(app, { citizenships: ['GH'] });
    const stated = await statedBy(self(expertId), expertId, version, { citizenships: ['GH', 'DE'] });
    const planned = () => app.rpc(planAssignment, { ...plan, expertId }, officer);
    await expect(planned()).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_NOT_ELIGIBLE',
      details: { rules: ['CITIZEN_OF_EU'], unverified: ['citizenships'] },
    });
    const verification = {
      expertId,
      facts: ['citizenships' as const],
      document: 'NATURALISATION_CERTIFICATE' as const,
    };
    const verified = await app.rpc(verifyExpert, verification, officer, { expectedVersion: stated.version });
    expect(verified.verifications?.citizenships).toMatchObject({
      by: officer.subject,
      document: 'NATURALISATION_CERTIFICATE',
    });
    expect((await planned()).status).toBe('PLANNED');
  });

  it('is verified by nobody about themselves, with whatever role', async () => {
    const { id: expertId, version } = await knownExpert(app);
    const both: TestCaller = { ...caller('expert', { expertId }), roles: ['expert', 'recruiter'] };
    const changed = await statedBy(both, expertId, version, { residenceCountry: 'FR' });
    expect(changed.verifications?.residenceCountry).toBeNull();
    const verification = { expertId, facts: ['residenceCountry' as const], document: 'PASSPORT' as const };
    await expect(app.rpc(verifyExpert, verification, both, { expectedVersion: changed.version })).rejects.toMatchObject(
      { code: 'STAFFING_EXPERT_VERIFIES_SELF' },
    );
  });

  it('is corrected with a reason; the audit trail keeps it and by which paper, and nothing of the person', async () => {
    const { id: expertId, version } = await knownExpert(app);
    const change = {
      person: { ...person, familyName: 'Beispiel', email: 'beispiel@example.org' },
      citizenships: ['FR'],
      document: 'PASSPORT' as const,
    };
    const changed = await statedBy(recruiter, expertId, version, { ...change, reason: 'Misspelt on arrival' });
    expect(changed).toMatchObject({ version: version + 1, changeReason: 'Misspelt on arrival' });
    const records = await app.rpc(listStaffingAuditRecords, { objectId: expertId }, caller('auditor'));
    const record = records.items.find(({ act }) => act === changeExpert.subject);
    expect(record).toMatchObject({ why: 'Misspelt on arrival', actor: recruiter.subject });
    const fields = record?.changes.flatMap((it) => it.fields.map((field) => ({ object: it.object, ...field })));
    expect(fields).toContainEqual(
      expect.objectContaining({ object: 'expert_person', field: 'familyName', isWithheld: true }),
    );
    expect(fields).toContainEqual(
      expect.objectContaining({ object: 'expert_fact', field: 'citizenships', after: 'VERIFIED PASSPORT' }),
    );
    expect(JSON.stringify(record)).not.toMatch(/beispiel|probe/i);
  });
});

describe('a person', () => {
  const born = (birthDate: string) =>
    app.rpc(createExpert, expert({ person: { ...NAMED, birthDate, email: `${newId()}@example.org` } }), recruiter);
  const NAMED = { givenNames: 'Ana', familyName: 'Souza' };

  it.each(['2099-01-01', '2015-01-01', '1885-01-01'])('is not born on %s', async (birthDate) => {
    await expect(born(birthDate)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_BIRTH_DATE_NOT_PLAUSIBLE',
      errors: [{ pointer: '#/person/birthDate' }],
    });
  });

  it.each([
    ['givenNames', { givenNames: 'Sukarno' }],
    ['familyName', { familyName: 'Sukarno', givenNames: '' }],
  ])('may have one name only, as %s', async (_, names) => {
    const person = { ...names, birthDate: '1985-03-01', email: `${newId()}@example.org` };
    const made = await app.rpc(createExpert, expert({ person }), recruiter);
    expect(Object.values(made.person ?? {})).toEqual(expect.arrayContaining(['', 'Sukarno']));
    expect(made.person).toMatchObject(names);
  });

  it('has at least one name', async () => {
    const person = { givenNames: ' ', familyName: '', birthDate: '1985-03-01', email: 'nobody@example.org' };
    await expect(app.rpc(createExpert, expert({ person }), recruiter)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/person/familyName' }],
    });
  });

  it('is a citizen and resident of countries of the list, with known fields of action', async () => {
    const faulty = { citizenships: ['EL'], residenceCountry: 'UK', fieldsOfAction: ['nonsense'] };
    await expect(app.rpc(createExpert, expert(faulty), recruiter)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
      errors: [{ pointer: '#/fieldsOfAction/0' }, { pointer: '#/citizenships/0' }, { pointer: '#/residenceCountry' }],
    });
  });

  it('is found by a part of name or address, folded, by those who see persons', async () => {
    const { id } = await app.rpc(
      createExpert,
      expert({
        person: { givenNames: 'José', familyName: 'Gonçalves', birthDate: '1985-03-01', email: 'J.G@Example.org' },
      }),
      recruiter,
    );
    for (const q of ['goncal', 'JOSE GON', 'j.g@example'])
      expect((await app.rpc(listExperts, { q }, recruiter)).items.map((item) => item.id)).toEqual([id]);
    for (const q of ['%', '_g@']) expect((await app.rpc(listExperts, { q }, recruiter)).items).toEqual([]);
    for (const role of ['adviser', 'auditor'] as const)
      await expect(app.rpc(listExperts, { q: 'goncal' }, caller(role))).rejects.toMatchObject({
        code: 'PLATFORM_ACTION_NOT_ALLOWED',
      });
  });
});

describe('a person who may be in the pool already', () => {
  const of = (person: Partial<ExpertPersonView>) =>
    expert({
      person: {
        givenNames: 'Zoë',
        familyName: 'Müller',
        birthDate: '1979-09-09',
        email: `${newId()}@example.org`,
        ...person,
      },
    });

  it('is refused by the address, however it is written, with the record that has it; and taken in with a reason', async () => {
    const first = await app.rpc(createExpert, of({ birthDate: '1971-01-01', email: 'Zoe@Bücher.example' }), recruiter);
    const again = of({ familyName: 'Other', email: 'zoe@XN--BCHER-KVA.example' });
    await expect(app.rpc(createExpert, again, officer)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_DUPLICATE_LIKELY',
      details: { expertIds: [first.id] },
    });
    const duplicateReason = 'Married, one address for both';
    const second = await app.rpc(createExpert, { ...again, duplicateReason }, recruiter);
    expect(second.likelyDuplicates).toEqual([first.id]);
    const records = await app.rpc(listStaffingAuditRecords, { objectId: second.id }, caller('auditor'));
    expect(records.items.map(({ why }) => why)).toEqual([duplicateReason]);
  });

  it('is refused of two who come in at once with one address', async () => {
    const both = await Promise.allSettled(
      [1, 2, 3, 4].map(() =>
        app.rpc(createExpert, of({ birthDate: '1972-01-01', email: 'race@example.org' }), recruiter),
      ),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is named in the answer by name and birth date, folded and in any order, to those who keep the pool', async () => {
    const first = await app.rpc(createExpert, of({ birthDate: '1973-03-03' }), recruiter);
    const twin = { birthDate: '1973-03-03', givenNames: 'MULLER', familyName: 'Zoe' };
    const second = await app.rpc(createExpert, of(twin), recruiter);
    expect([first.likelyDuplicates, second.likelyDuplicates]).toEqual([[], [first.id]]);
    const likelyFor = async (role: Role) =>
      (await app.rpc(getExpert, { expertId: first.id }, caller(role))).likelyDuplicates;
    expect(await likelyFor('programme-officer')).toEqual([second.id]);
    expect([await likelyFor('adviser'), await likelyFor('data-protection-officer')]).toEqual([null, null]);
  });

  it('is found by a change, too; an expert who takes the address of another learns nothing of that one', async () => {
    const first = await app.rpc(createExpert, of({ birthDate: '1974-04-04', email: 'taken@example.org' }), recruiter);
    const second = await app.rpc(createExpert, of({ birthDate: '1975-05-05' }), recruiter);
    const change = {
      expertId: second.id,
      person: { ...second.person, birthDate: '1975-05-05', email: 'Taken@example.org' },
    };
    const options = { expectedVersion: second.version };
    await expect(app.rpc(changeExpert, change, recruiter, options)).rejects.toMatchObject({
      code: 'STAFFING_EXPERT_DUPLICATE_LIKELY',
    });
    const own = await app.rpc(changeExpert, change, caller('expert', { expertId: second.id }), options);
    expect(own.likelyDuplicates).toBeNull();
    const seen = await app.rpc(getExpert, { expertId: second.id }, recruiter);
    expect(seen.likelyDuplicates).toEqual([first.id]);
  });
});
