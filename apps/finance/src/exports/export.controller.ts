import { Controller } from '@nestjs/common';
import {
  exportDatev,
  exportFundStatement,
  exportJournalCsv,
  exportJournalXlsx,
  type ReplyOf,
  type RequestOf,
} from '#contracts';
import { Handle } from '#platform';
import { ExportService } from './export.service';

@Controller()
export class ExportController {
  constructor(private readonly files: ExportService) {}

  @Handle(exportJournalCsv)
  journalCsv(request: RequestOf<typeof exportJournalCsv>): Promise<ReplyOf<typeof exportJournalCsv>> {
    return this.files.journalCsv(request);
  }

  @Handle(exportJournalXlsx)
  journalXlsx(request: RequestOf<typeof exportJournalXlsx>): Promise<ReplyOf<typeof exportJournalXlsx>> {
    return this.files.journalXlsx(request);
  }

  @Handle(exportDatev)
  datev(request: RequestOf<typeof exportDatev>): Promise<ReplyOf<typeof exportDatev>> {
    return this.files.datev(request);
  }

  @Handle(exportFundStatement)
  statement(request: RequestOf<typeof exportFundStatement>): Promise<ReplyOf<typeof exportFundStatement>> {
    return this.files.statement(request);
  }
}
