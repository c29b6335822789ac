import { Module } from '@nestjs/common';
import { JournalChain } from './journal-chain';
import { JournalVerifier } from './journal-verification.service';
import { Ledger } from './ledger';

@Module({ providers: [JournalChain, JournalVerifier, Ledger], exports: [JournalChain, JournalVerifier, Ledger] })
export class LedgerModule {}
