import { Module } from '@nestjs/common';
import { FileParser } from './file-parser.service';

@Module({ providers: [FileParser], exports: [FileParser] })
export class FileParsingModule {}
