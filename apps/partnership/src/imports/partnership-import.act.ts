import { listPartnershipImportActions } from '#contracts/partnership';
import { actsOn } from '#messaging';
import { PartnershipImport } from './partnership-import.entity';

export const act = actsOn({ entity: PartnershipImport, actions: listPartnershipImportActions });
