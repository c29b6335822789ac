import { commitmentRecorded } from '#contracts/finance';
import { addFundingSource, getProjectLeverage } from '#contracts/partnership';
import { assignmentConfirmed } from '#contracts/staffing';
import { newId } from '#platform';
import { allHandled, caller, type TestService } from '#testing';
import { activate, officer, recordGerman, recordPartner, startPartnership } from '../../test/partnership.factory';
import { author, eur, newProject, propose } from '../../test/projects.factory';

let app: TestService;
beforeAll(async () => {
  app = await startPartnership();
}, 60_000);
afterAll(() => app.close());

describe('the leverage of a project', () => {
  it('is the finance secured for what is bound for the assignment that it was born from, and only for who sees pay', async () => {
    const link = { german: await recordGerman(app), partner: await recordPartner(app) };
    const partnershipId = (await activate(app, link)).id;
    const assignmentId = newId();
    const origin = { kind: 'ASSIGNMENT' as const, id: assignmentId };
    const { id: projectId, version } = await propose(app, newProject(partnershipId, link, { origin }));
    const request = {
      projectId,
      kind: 'LOAN' as const,
      financier: 'Bank',
      amount: eur('600000.00'),
      status: 'COMMITTED' as const,
    };
    await app.rpc(addFundingSource, request, author, { expectedVersion: version });
    const auditor = caller('auditor');
    expect(await app.rpc(getProjectLeverage, { projectId }, auditor)).toMatchObject({
      ratio: null,
      gap: 'NOTHING_BOUND',
    });

    const period = { from: '2027-01-01', to: '2029-01-01' };
    await app.publish(
      assignmentConfirmed.of({
        aggregateId: assignmentId,
        aggregateVersion: 3,
        data: {
          ...{
            assignmentId,
            partnershipIds: [partnershipId],
            instrument: 'INTEGRATED_EXPERT',
            expertId: newId(),
            period,
          },
          employerMunicipalityId: link.partner.id,
        },
      }),
    );
    const commitmentId = newId();
    await app.publish(
      commitmentRecorded.of({
        aggregateId: commitmentId,
        aggregateVersion: 2,
        data: {
          ...{ commitmentId, assignmentId, fundId: newId(), status: 'COMMITTED', period },
          byYear: [
            { year: 2027, amount: eur('30000.00') },
            { year: 2028, amount: eur('20000.00') },
          ],
        },
      }),
    );
    await allHandled(app, 'partnership');
    expect(await app.rpc(getProjectLeverage, { projectId }, officer)).toMatchObject({
      ...{ assignmentId, ratio: '12.0', gap: null, secured: eur('600000.00'), expertCost: eur('50000.00') },
      byYear: [{ year: 2027 }, { year: 2028 }],
    });
    for (const role of ['adviser', 'recruiter'] as const)
      await expect(app.rpc(getProjectLeverage, { projectId }, caller(role))).rejects.toMatchObject({
        kind: 'forbidden',
      });
  });
});
