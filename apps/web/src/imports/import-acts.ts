import {
  changePartnershipImportReading,
  checkPartnershipImport,
  discardPartnershipImport,
  type PartnershipImportView,
  runPartnershipImport,
} from '#contracts/partnership';
import { useTexts } from '../i18n/texts';
import { type Act, act } from '../ui/act';
import { useReadingFields } from './reading-fields';
import { importTexts } from './texts';

/** What can be done with an import as a whole. */
export function useImportActs(view: PartnershipImportView): readonly Act[] {
  const { acts: t } = useTexts(importTexts);
  const fields = useReadingFields(view);
  const { id: importId, reportHash, counts } = view;
  return [
    act({
      operation: runPartnershipImport,
      isNext: true,
      label: t.run(counts.ready),
      ask: t.runAsk(counts),
      done: t.runDone(counts.ready),
      fixed: { importId, reportHash, leaveOut: counts.needsDecision > 0 },
      fields: {},
    }),
    act({
      operation: changePartnershipImportReading,
      label: t.reading,
      done: t.readingDone,
      fixed: { importId },
      fields,
    }),
    act({ operation: checkPartnershipImport, label: t.check, done: t.checkDone, fixed: { importId }, fields: {} }),
    act({
      operation: discardPartnershipImport,
      isRare: true,
      label: t.discard,
      ask: t.discardAsk,
      done: t.discardDone,
      fixed: { importId },
      fields: {},
    }),
  ];
}
