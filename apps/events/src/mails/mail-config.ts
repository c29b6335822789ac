import { z } from 'zod';
import { httpUrl, port } from '#platform';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

const isLoopback = (host: string): boolean => LOOPBACK.includes(host);

/** How the service sends mails; without a server and without a folder they wait. */
export const mailConfigSchema = z
  .object({
    MAIL_SMTP_HOST: z
      .string()
      .min(1)
      .optional()
      .describe('The mail server; without one mails go to MAIL_FOLDER, and without that they wait'),
    MAIL_SMTP_PORT: port().default(587).describe('Its port: 587 for STARTTLS, 465 for TLS from the beginning'),
    MAIL_SMTP_TLS: z
      .enum(['starttls', 'implicit', 'none'])
      .default('starttls')
      .describe('How the way there is secured, and never less; `none` only for a server on this machine'),
    MAIL_SMTP_USER: z.string().min(1).optional().describe('Who sends there'),
    MAIL_SMTP_PASSWORD: z.string().min(1).optional().describe('Its password'),
    MAIL_FROM: z.email().optional().describe('The sender of the mails to participants'),
    MAIL_FOLDER: z
      .string()
      .min(1)
      .optional()
      .describe('For demonstrations: mails become files in this folder, where no server is named'),
    PUBLIC_URL: httpUrl().optional().describe('Where browsers reach the platform: what the links in mails begin with'),
  })
  .refine((it) => !it.MAIL_SMTP_HOST || it.MAIL_FROM, {
    path: ['MAIL_FROM'],
    message: 'is missing: mails need a sender',
  })
  .refine((it) => !(it.MAIL_SMTP_HOST ?? it.MAIL_FOLDER) || it.PUBLIC_URL, {
    path: ['PUBLIC_URL'],
    message: 'is missing: the links in mails begin with it',
  })
  .refine((it) => !it.MAIL_SMTP_USER === !it.MAIL_SMTP_PASSWORD, {
    path: ['MAIL_SMTP_USER'],
    message: 'and MAIL_SMTP_PASSWORD belong together',
  })
  .refine((it) => it.MAIL_SMTP_TLS !== 'none' || !it.MAIL_SMTP_HOST || isLoopback(it.MAIL_SMTP_HOST), {
    path: ['MAIL_SMTP_TLS'],
    message: 'may be none only for a server on this machine: addresses and links would be read on the way',
  });

/** Injectable: the validated configuration of the mails. */
export class MailConfig {
  constructor(readonly values: z.output<typeof mailConfigSchema>) {}

  /** What a link in a mail begins with. */
  get publicUrl(): string {
    return new URL(this.values.PUBLIC_URL ?? 'http://127.0.0.1:3000').origin;
  }
}
