import type { CheckpointDocument } from './checkpoint';
import type { CheckpointPlace } from './checkpoint-place';

export interface MailSettings {
  /** `smtps://user:password@mail.example.org`, or `smtp://` with STARTTLS where the server offers it. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: string;
}

const TIMEOUT_MS = 20_000;

/** The auditors' mailbox. It cannot be read from here: they compare what they got with what the platform says. */
export class MailPlace implements CheckpointPlace {
  readonly name = 'mail';

  constructor(private readonly settings: MailSettings) {}

  async write(name: string, document: CheckpointDocument): Promise<void> {
    const { smtpUrl, from, to } = this.settings;
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
    try {
      await transport.sendMail({
        from,
        to,
        subject: `Audit checkpoint ${name}`,
        text: `The signed checkpoint is attached. Keep it: it proves later that nothing before it was changed or cut off.\n`,
        attachments: [{ filename: name, content: document, contentType: 'application/json' }],
        // A copy after a crash is one message to the mailbox.
        messageId: `<${name}@fachkraeftefonds>`,
      });
    } finally {
      transport.close();
    }
  }
}
