import { Controller } from '@nestjs/common';
import {
  acceptReport,
  commentReport,
  getReport,
  listAssignmentReports,
  listReports,
  type ReplyOf,
  type RequestOf,
  returnReport,
  submitReport,
} from '#contracts';
import { type Call, Handle } from '#platform';
import { ReportReader } from './report.reader';
import { ReportService } from './report.service';

type View = Promise<ReplyOf<typeof getReport>>;
type List = Promise<ReplyOf<typeof listReports>>;

@Controller()
export class ReportController {
  constructor(
    private readonly reports: ReportService,
    private readonly reader: ReportReader,
  ) {}

  @Handle(listAssignmentReports)
  listOf(request: RequestOf<typeof listAssignmentReports>, call: Call): List {
    return this.reader.listOf(request, call);
  }

  @Handle(listReports)
  list(request: RequestOf<typeof listReports>, call: Call): List {
    return this.reader.list(request, call);
  }

  @Handle(getReport)
  get(request: RequestOf<typeof getReport>, call: Call): View {
    return this.reader.get(request, call);
  }

  @Handle(submitReport)
  submit(request: RequestOf<typeof submitReport>, call: Call): View {
    return this.reports.submit(request, call);
  }

  @Handle(commentReport)
  comment(request: RequestOf<typeof commentReport>, call: Call): View {
    return this.reports.comment(request, call);
  }

  @Handle(acceptReport)
  accept(request: RequestOf<typeof acceptReport>, call: Call): View {
    return this.reports.accept(request, call);
  }

  @Handle(returnReport)
  return(request: RequestOf<typeof returnReport>, call: Call): View {
    return this.reports.return(request, call);
  }
}
