import { Module } from '@nestjs/common';
import { RegisterReader } from './register.reader';
import { RegisterService } from './register.service';

@Module({ providers: [RegisterService, RegisterReader], exports: [RegisterReader] })
export class RegisterModule {}
