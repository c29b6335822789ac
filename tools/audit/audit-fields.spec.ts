import { getMetadataArgsStorage } from 'typeorm';
import { auditClassOf } from '#database';
import { eventsDataSource } from '../../apps/events/src/data-source';
import { financeDataSource } from '../../apps/finance/src/data-source';
import { partnershipDataSource } from '../../apps/partnership/src/data-source';
import { staffingDataSource } from '../../apps/staffing/src/data-source';

const entities = [eventsDataSource, financeDataSource, partnershipDataSource, staffingDataSource].flatMap(
  ({ declaration }) => declaration.entities,
);
const columns = entities.flatMap((entity) =>
  getMetadataArgsStorage()
    .columns.filter(
      ({ target }) => typeof target === 'function' && (entity === target || entity.prototype instanceof target),
    )
    .map((column) => ({ entity, name: column.propertyName, type: column.options.type })),
);
/** Words in the names of fields that hold what is a person's, or may name one. */
const PERSONAL =
  /^(name|names|email|iban|bic|street|town|postCode|buildingNumber|narrative|situation|goal|tasks|statement|justification|screened|hits|previous|costInputs|residenceCountry|citizenships|qualifications|sections|attachments|note)$|(Name|Iban|Bic|Holder|Number|Note|Reason|reason)$/;
const COUNTED = [
  'SanctionsList.names',
  'SanctionsList.number',
  'Registration.queueNumber',
  'Payout.orderNumber',
  'Report.progressNumber',
];
const CODED = ['Webhook.disabledReason', 'Assignment.endReason', 'Report.cancellationReason', 'PaymentRun.fileName'];

describe('what the audit trail may keep of an object', () => {
  it.each(
    columns
      .filter(({ name }) => PERSONAL.test(name))
      .map((column) => [`${column.entity.name}.${column.name}`, column] as const)
      .filter(([name]) => ![...COUNTED, ...CODED].includes(name)),
  )('is never %s', (_name, { entity, name, type }) => {
    expect(auditClassOf(entity, { propertyName: name, type })).toBe('reduced');
  });

  it('is every status, and amounts as amounts', () => {
    for (const { entity, name, type } of columns) {
      if (name === 'status') expect(auditClassOf(entity, { propertyName: name, type })).toBe('open');
      if (name.endsWith('Minor')) expect(auditClassOf(entity, { propertyName: name, type })).toBe('amount');
    }
  });

  it('is reduced where nobody declared a text', () => {
    class Unknown {
      remark = '';
    }
    expect(auditClassOf(Unknown, { propertyName: 'remark', type: 'text' })).toBe('reduced');
    expect(auditClassOf(Unknown, { propertyName: 'document', type: 'jsonb' })).toBe('reduced');
  });
});
