import { Module } from '@nestjs/common';
import { DocumentsModule } from '../../files/documents/documents.module';
import { FileParsingModule } from '../../files/file-parsing/file-parsing.module';
import { PayeesModule } from '../payees/payees.module';
import { PayoutsModule } from '../payouts/payouts.module';
import { EventConsumer } from './event.consumer';
import { InvoiceReadingService } from './invoice-reading.service';
import { SupplierInvoiceReader } from './supplier-invoice.reader';
import { SupplierInvoiceService } from './supplier-invoice.service';

@Module({
  imports: [DocumentsModule, FileParsingModule, PayeesModule, PayoutsModule],
  providers: [EventConsumer, InvoiceReadingService, SupplierInvoiceReader, SupplierInvoiceService],
})
export class InvoicesModule {}
