import { bankMessageFile, bankMessageText } from './bank/bank-messages/bank-message-file';
import { serveParsing } from './files/file-parsing/parsing-server';
import { invoiceFile } from './payments/invoices/invoice-file';
import { sanctionsFile } from './payments/sanctions/sanctions-file';

serveParsing([bankMessageFile, bankMessageText, sanctionsFile, invoiceFile]);
