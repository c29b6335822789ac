import { Module } from '@nestjs/common';
import { EventModule } from '../events/event.module';
import { RegistrationModule } from '../registrations/registration.module';
import { SweepService } from './sweep.service';

@Module({ imports: [EventModule, RegistrationModule], providers: [SweepService] })
export class SweepModule {}
