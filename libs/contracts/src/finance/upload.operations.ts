import { operation } from '../operation';
import { grant } from '../roles';
import { uploadPart } from '../upload';

export const storeUploadPart = operation({
  ...uploadPart,
  subject: 'rpc.finance.upload.store-part',
  http: { method: 'POST', path: '/uploads/{uploadId}/parts' },
  errors: ['FINANCE_UPLOAD_LIMIT_REACHED', 'FINANCE_UPLOAD_PART_UNEXPECTED'],
  allow: grant('any', 'cashier', 'finance-officer', 'programme-officer', 'municipality-partner', 'expert'),
});
