import { Module } from '@nestjs/common';
import { JournalVerifier } from './journal-verification.service';
import { Ledger } from './ledger.service';

@Module({ providers: [JournalVerifier, Ledger], exports: [JournalVerifier, Ledger] })
export class LedgerModule {}
