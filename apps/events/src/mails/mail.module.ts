import { Module } from '@nestjs/common';
import { loadConfig } from '#platform';
import { MailConfig, mailConfigSchema } from './mail-config';
import { MailOutbox } from './mail-outbox.service';
import { MailReader } from './mail.reader';

/** Where mails are put in and looked at; who sends them is a provider of the feature that writes the letters. */
@Module({
  providers: [
    { provide: MailConfig, useFactory: () => new MailConfig(loadConfig(mailConfigSchema)) },
    MailOutbox,
    MailReader,
  ],
  exports: [MailConfig, MailOutbox],
})
export class MailModule {}
