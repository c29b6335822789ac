import { bankMessageFile } from './bank-messages/bank-message-file';
import { serveParsing } from './file-parsing/parsing-server';
import { sanctionsFile } from './sanctions/sanctions-file';

serveParsing([bankMessageFile, sanctionsFile]);
