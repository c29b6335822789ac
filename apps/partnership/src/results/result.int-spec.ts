import type { RequestInputOf } from '#contracts';
import {
  addIndicator,
  addResultPeriod,
  changeIndicator,
  changeResult,
  correctFigure,
  createProject,
  createResult,
  getResult,
  INDICATORS_MAX,
  listResultFigures,
  listResults,
  lockResultPeriod,
  PERIODS_MAX,
  recordFigure,
  resultRecorded,
  setResultOrigins,
  withdrawResult,
} from '#contracts/partnership';
import { newId } from '#platform';
import { caller, eventually, type TestService } from '#testing';
import {
  activate,
  type Link,
  officer,
  recordGerman,
  recordPartner,
  startPartnership,
} from '../../test/partnership.factory';
import { newProject } from '../../test/projects.factory';
import { corrector, number, people, recorder, ResultsAtWork, share } from '../../test/results.factory';
import { ResultsReader } from './results.reader';

let app: TestService;
let link: Link;
let partnershipId: string;
let results: ResultsAtWork;

beforeAll(async () => {
  app = await startPartnership();
  results = new ResultsAtWork(app);
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
  partnershipId = (await activate(app, link)).id;
}, 60_000);
afterAll(() => app.close());

const stranger = caller('municipality-partner', { municipalityId: newId() });
const partner = () => caller('municipality-partner', { municipalityId: link.partner.id });
const german = () => caller('municipality-de', { municipalityId: link.german.id });
const code = (name: string, details?: object) => ({ code: `PARTNERSHIP_RESULT_${name}`, ...(details && { details }) });

describe('a result', () => {
  it('is recorded by the offices and by both towns, for what is theirs, and told', async () => {
    const { id, ...result } = await results.of([partnershipId]);
    expect(result).toMatchObject({
      status: 'CURRENT',
      author: 'recorder',
      origins: [{ partnershipId, projectId: null, assignmentId: null }],
      indicators: [{ kind: 'NUMBER', unit: 'persons', baseline: null, sdgTargets: ['11.6'] }],
    });
    for (const as of [german(), partner(), caller('auditor')])
      expect((await app.rpc(getResult, { resultId: id }, as)).id).toBe(id);
    await expect(app.rpc(getResult, { resultId: id }, stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    expect((await app.rpc(listResults, {}, stranger)).items).toEqual([]);
    await expect(app.rpc(listResultFigures, { resultId: id }, stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    const request = {
      type: 'OUTPUT' as const,
      title: { fr: 'Plan' },
      description: 'A plan.',
      origins: [{ partnershipId }],
    };
    expect((await app.rpc(createResult, request, partner())).author).toBe(partner().subject);
    await expect(app.rpc(createResult, request, stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await eventually(async () =>
      expect(await app.published(resultRecorded)).toEqual(
        expect.arrayContaining([expect.objectContaining({ resultId: id, periods: 3, lockedPeriods: 0 })]),
      ),
    );
  });

  it('comes from a project of the partnership that it names, and names nothing twice', async () => {
    const project = await app.rpc(createProject, newProject(partnershipId, link), officer);
    const other = await activate(app, link);
    const { id: resultId } = await results.of([partnershipId]);
    const set = (origins: RequestInputOf<typeof setResultOrigins>['origins']) =>
      results.act(setResultOrigins, { resultId, origins }, officer);
    const shared = await set([{ partnershipId, projectId: project.id }, { partnershipId: other.id }]);
    expect(shared.origins).toHaveLength(2);
    expect(shared.origins).toContainEqual({
      partnershipId,
      projectId: project.id,
      projectTitle: project.title,
      assignmentId: null,
    });
    for (const filter of [
      { partnershipId: other.id },
      { projectId: project.id },
      { country: 'TZ', partnershipId: other.id },
    ])
      expect((await app.rpc(listResults, filter, officer)).items).toMatchObject([{ id: resultId }]);
    const wrong = [{ partnershipId: other.id, projectId: project.id }];
    await expect(set(wrong)).rejects.toMatchObject(code('ORIGIN_INVALID', { projectId: project.id }));
    await expect(set([{ partnershipId }, { partnershipId }])).rejects.toMatchObject(code('ORIGIN_INVALID'));
    expect((await results.read(resultId)).origins).toHaveLength(2);
  });

  it('is found by words of its title in any language, by its SDG goal and its type', async () => {
    const title = { de: 'Müll wird Kompost', fr: 'Compost municipal' };
    const { id: resultId } = await results.of([partnershipId], [{ ...people, sdgTargets: ['12.5'] }]);
    await results.act(changeResult, { resultId, type: 'IMPACT', title, description: 'x' }, partner());
    for (const filter of [{ q: 'mull wird' }, { q: 'compost' }, { type: ['IMPACT' as const] }, { sdgGoal: '12' }])
      expect((await app.rpc(listResults, filter, officer)).items).toMatchObject([
        { id: resultId, indicators: 1, periods: 3 },
      ]);
    expect((await app.rpc(listResults, { q: 'kompost', sdgGoal: '11' }, officer)).items).toEqual([]);
  });

  it('that was withdrawn changes no more', async () => {
    const result = await results.of([partnershipId]);
    const reason = 'recorded twice';
    expect(await results.act(withdrawResult, { resultId: result.id, reason }, officer)).toMatchObject({
      statusReason: reason,
    });
    await expect(results.observe(result, number('1'))).rejects.toMatchObject(code('WITHDRAWN'));
    await expect(results.act(withdrawResult, { resultId: result.id, reason }, officer)).rejects.toMatchObject(
      code('WITHDRAWN'),
    );
  });

  it('has no more indicators and periods than it can show', async () => {
    const { id: resultId, periods } = await results.of(
      [partnershipId],
      Array<typeof people>(INDICATORS_MAX).fill(people),
    );
    await expect(results.act(addIndicator, { resultId, ...people }, recorder)).rejects.toMatchObject(
      code('FULL', { indicators: INDICATORS_MAX }),
    );
    const year = (from: number) => ({ resultId, from: `${from}-01-01`, to: `${from + 1}-01-01` });
    for (let count = periods.length; count < PERIODS_MAX; count += 1)
      await results.act(addResultPeriod, year(2000 + count * 2 - 100), recorder);
    await expect(results.act(addResultPeriod, year(1900), recorder)).rejects.toMatchObject(
      code('FULL', { periods: PERIODS_MAX }),
    );
  }, 60_000);

  it('has periods that do not overlap and SDG targets that exist', async () => {
    const { id: resultId } = await results.of([partnershipId]);
    await expect(
      results.act(addResultPeriod, { resultId, from: '2025-12-31', to: '2026-06-01' }, recorder),
    ).rejects.toMatchObject(code('PERIOD_OVERLAPS', { from: '2025-01-01', to: '2026-01-01' }));
    await expect(
      results.act(addIndicator, { resultId, ...people, sdgTargets: ['11.6', '11.99'] }, recorder),
    ).rejects.toMatchObject(code('SDG_TARGET_UNKNOWN', { target: 'SDG 11.99' }));
  });

  it.each([
    ['a number without a unit', { standard: undefined }],
    ['a number with the unit of another one', { unit: 'tonnes' }],
    ['a kind that is not that of the programme indicator', { kind: 'PERCENTAGE' as const }],
    ['no arithmetic', { arithmetic: undefined }],
    ['a baseline of another kind', { baseline: { year: 2020, value: share('1', '2') } }],
    [
      'groups that are to add up',
      { disaggregations: [{ dimension: 'DISADVANTAGED_GROUP' as const, mustAddUp: true }] },
    ],
  ])('refuses an indicator with %s', async (_, changes) => {
    const { id: resultId } = await results.of([partnershipId], []);
    await expect(results.act(addIndicator, { resultId, ...people, ...changes }, recorder)).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
    });
  });
});

describe('a figure', () => {
  it('is replaced by the next one for its period, and both stay to be read', async () => {
    const result = await results.of([partnershipId]);
    await results.observe(result, number('40.5'));
    await results.observe(result, number('41'), { by: partner(), comment: 'recounted' });
    const { items } = await app.rpc(listResultFigures, { resultId: result.id }, german());
    expect(items.map(({ revision, isCurrent, value }) => [revision, isCurrent, value])).toEqual([
      [2, true, number('41')],
      [1, false, number('40.5')],
    ]);
    const current = await app.rpc(listResultFigures, { resultId: result.id, isCurrent: true }, officer);
    expect(current.items).toMatchObject([{ revision: 2, recordedBy: partner().subject, comment: 'recounted' }]);
  });

  it('is of the kind of its indicator, in a period of its result that has begun, and names what shows it', async () => {
    const result = await results.of([partnershipId]);
    await expect(results.observe(result, share('1', '2'))).rejects.toMatchObject(
      code('VALUE_KIND_DIFFERS', { kind: 'NUMBER' }),
    );
    const other = await results.of([partnershipId]);
    const foreign = { ...results.figure(result, number('1')), periodId: other.periods[0]?.id ?? '' };
    await expect(results.act(recordFigure, foreign, recorder)).rejects.toMatchObject(code('PART_UNKNOWN'));
    await expect(results.observe(result, number('1'), { source: undefined })).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
    });
    const future = await results.act(
      addResultPeriod,
      { resultId: result.id, from: '2027-01-01', to: '2028-01-01' },
      recorder,
    );
    await expect(results.observe(future, number('1'), { year: 3 })).rejects.toMatchObject(
      code('PERIOD_EARLY', { from: '2027-01-01' }),
    );
    await results.observe(future, number('1'), { year: 3, kind: 'TARGET', source: undefined });
  });

  it('in parts neither exceeds itself, nor falls short where the parts make it up', async () => {
    const result = await results.of([partnershipId]);
    const parts = (women: string, men: string) => [
      { category: 'FEMALE' as const, value: number(women) },
      { category: 'MALE' as const, value: number(men) },
    ];
    const record = (its: RequestInputOf<typeof recordFigure>['parts']) =>
      results.observe(result, number('10'), { parts: its });
    await expect(record(parts('5', '5.0001'))).rejects.toMatchObject(
      code('PARTS_INVALID', { at: 'SEX', fault: 'EXCEEDS' }),
    );
    await expect(record(parts('5', '4'))).rejects.toMatchObject(
      code('PARTS_INVALID', { at: 'SEX', fault: 'DOES_NOT_ADD_UP' }),
    );
    await record(parts('5.5', '4.5'));
  });

  it('of a cumulative series neither falls below the years before nor rises above those after', async () => {
    const result = await results.of([partnershipId]);
    await results.observe(result, number('10'), { year: 0 });
    await results.observe(result, number('30'), { year: 2 });
    await expect(results.observe(result, number('9.9999'), { year: 1 })).rejects.toMatchObject(
      code('SERIES_FALLS', { startsOn: '2023-01-01' }),
    );
    await expect(results.observe(result, number('30.1'), { year: 1 })).rejects.toMatchObject(
      code('SERIES_FALLS', { startsOn: '2025-01-01' }),
    );
    await results.observe(result, number('10'), { year: 1 });
  });
});

describe('a period', () => {
  it('is locked by another hand, once it has ended and was observed', async () => {
    const result = await results.of([partnershipId]);
    await expect(results.lock(result)).rejects.toMatchObject(code('PERIOD_EMPTY'));
    await results.observe(result, number('1'), { kind: 'TARGET' });
    await expect(results.lock(result)).rejects.toMatchObject(code('PERIOD_EMPTY'));
    await results.observe(result, number('1'));
    await results.observe(result, number('2'), { by: corrector });
    // Also who recorded a version that was replaced.
    for (const by of [recorder, corrector])
      await expect(results.lock(result, 0, by)).rejects.toMatchObject(code('LOCKER_IS_AUTHOR'));
    expect((await results.lock(result)).periods[0]).toMatchObject({ lockedBy: 'locker' });
    await expect(results.lock(result)).rejects.toMatchObject(code('PERIOD_LOCKED'));
    const running = await results.act(
      addResultPeriod,
      { resultId: result.id, from: '2026-01-01', to: '2027-01-01' },
      recorder,
    );
    await results.observe(running, number('5'), { year: 3 });
    await expect(results.lock(running, 3)).rejects.toMatchObject(code('PERIOD_EARLY', { to: '2027-01-01' }));
    const request = { resultId: result.id, periodId: result.periods[0]?.id ?? '' };
    await expect(app.rpc(lockResultPeriod, request, german(), { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'PLATFORM_ACTION_NOT_ALLOWED',
    });
  });

  it('that is locked changes by a correction of another person, with the reason and both versions', async () => {
    const result = await results.of([partnershipId]);
    await results.observe(result, number('10'));
    const correction = { ...results.figure(result, number('12')), reason: 'one ward was forgotten' };
    await expect(results.act(correctFigure, correction, corrector)).rejects.toMatchObject(code('PERIOD_OPEN'));
    await results.lock(result);
    await expect(results.observe(result, number('12'))).rejects.toMatchObject(code('PERIOD_LOCKED'));
    await expect(results.act(correctFigure, correction, recorder)).rejects.toMatchObject(code('CORRECTOR_IS_AUTHOR'));
    await results.act(correctFigure, correction, corrector);
    const { items } = await app.rpc(listResultFigures, { resultId: result.id }, officer);
    expect(items).toMatchObject([
      { revision: 2, isCurrent: true, value: number('12'), reason: correction.reason, recordedBy: 'corrector' },
      { revision: 1, isCurrent: false, value: number('10'), reason: null, recordedBy: 'recorder' },
    ]);
  });

  it('that is locked keeps the baseline, and lets the rest of the indicator be changed', async () => {
    const result = await results.of([partnershipId]);
    const [indicator] = result.indicators;
    const { title, sdgTargets } = people;
    const change = (baseline: RequestInputOf<typeof changeIndicator>['baseline']) =>
      results.act(
        changeIndicator,
        { resultId: result.id, indicatorId: indicator?.id ?? '', title, sdgTargets, baseline },
        recorder,
      );
    const baseline = { year: 2020, value: number('3') };
    await expect(change({ year: 2020, value: share('1', '2') })).rejects.toMatchObject(code('VALUE_KIND_DIFFERS'));
    expect((await change(baseline)).indicators).toMatchObject([{ baseline }]);
    await results.observe(result, number('10'));
    await results.lock(result);
    await change(baseline);
    await expect(change({ year: 2021, value: number('3') })).rejects.toMatchObject(code('BASELINE_LOCKED'));
    await expect(change(null)).rejects.toMatchObject(code('BASELINE_LOCKED'));
  });
});

it('gives what is published: what counts, by indicator and period', async () => {
  const { id } = await activate(app, link);
  const result = await results.of([id]);
  await results.observe(result, number('8'), { kind: 'TARGET', source: undefined });
  await results.observe(result, number('7'));
  await results.observe(result, number('9'));
  await results.lock(result);
  const withdrawn = await results.of([id]);
  await results.act(withdrawResult, { resultId: withdrawn.id, reason: 'twice' }, officer);
  const all = await app.app.get(ResultsReader).published(app.database);
  const published = all.filter(({ origins }) => origins.some(({ partnershipId }) => partnershipId === id));
  expect(published).toMatchObject([
    {
      id: result.id,
      indicators: [
        {
          measure: '1',
          periods: [
            {
              from: '2023-01-01',
              to: '2024-01-01',
              isLocked: true,
              target: { value: number('8') },
              actual: { value: number('9') },
            },
          ],
        },
      ],
    },
  ]);
});
