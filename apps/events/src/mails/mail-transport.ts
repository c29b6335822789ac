import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport, type Transporter } from 'nodemailer';
import type { MailConfig } from './mail-config';

/** A mail as a person gets it. */
export interface Letter {
  readonly to: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
}

/** What makes a copy of a mail the same mail to the mailbox: it has the same name and the same day. */
export interface Sending {
  readonly id: string;
  readonly writtenAt: Date;
}

const TIMEOUT_MS = 15_000;
const DEMO_SENDER = 'fachkraeftefonds@demo.example';

/** Where mails leave the platform. */
export interface MailTransport {
  /** What the log says of the way. */
  readonly way: string;
  send(letter: Letter, sending: Sending): Promise<void>;
}

/** The way that the settings name; undefined where they name none. */
export function mailTransportOf({ values }: MailConfig): MailTransport | undefined {
  if (values.MAIL_SMTP_HOST !== undefined) return new SmtpTransport(values);
  return values.MAIL_FOLDER === undefined ? undefined : new FolderTransport(values.MAIL_FOLDER);
}

type Values = MailConfig['values'];

/** A connection for each mail: they are few, and a server that went away meanwhile is met by a new one. */
class SmtpTransport implements MailTransport {
  readonly way: string;
  private readonly from: string;
  private readonly transport: Transporter;

  constructor(values: Values) {
    const { MAIL_SMTP_HOST: host, MAIL_SMTP_PORT: port, MAIL_SMTP_TLS: tls } = values;
    const { MAIL_SMTP_USER: user, MAIL_SMTP_PASSWORD: pass } = values;
    this.way = `${host}:${port}`;
    this.from = values.MAIL_FROM ?? DEMO_SENDER;
    this.transport = createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(user !== undefined && pass !== undefined && { auth: { user, pass } }),
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send(letter: Letter, sending: Sending): Promise<void> {
    await this.transport.sendMail(messageOf(letter, sending, this.from));
  }
}

/** A file for each mail, as any mail program opens it: to see on a machine without a mail server what would be sent. */
class FolderTransport implements MailTransport {
  readonly way: string;
  private readonly transport = createTransport({ streamTransport: true, buffer: true });

  constructor(private readonly folder: string) {
    this.way = folder;
  }

  async send(letter: Letter, sending: Sending): Promise<void> {
    const { message } = await this.transport.sendMail(messageOf(letter, sending, DEMO_SENDER));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const path = join(this.folder, `${sending.id}.eml`);
    // Whoever looks at the folder sees whole mails only.
    await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 });
    await rename(`${path}.part`, path);
  }
}

function messageOf({ to, language, subject, text }: Letter, { id, writtenAt }: Sending, from: string) {
  return {
    from,
    // As an object: a text would be read as a list of addresses.
    to: { name: '', address: to },
    subject,
    text,
    date: writtenAt,
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  };
}
