import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { newId } from '#platform';
import { TestAuthority } from '#testing';
import { MailConfig, mailConfigSchema } from './mail-config';
import { MailServer } from './mail-server-spec';
import { type MailTransport, mailTransportOf } from './mail-transport';

const LETTER = { to: 'ada@example.org', language: 'de', subject: 'Bestätigen', text: 'Öffnen Sie den Link.\n' };
const sending = () => ({ id: newId(), writtenAt: new Date('2026-11-27T10:00:00Z') });

let folder: string;
let server: MailServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fund-mail-'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true });
});

function transport(settings: Record<string, string>): MailTransport {
  const way = mailTransportOf(new MailConfig(mailConfigSchema.parse(settings)));
  if (!way) throw new Error('no way is set');
  return way;
}

/** A server with a certificate of an authority of our own, and the authority's own certificate. */
async function securedServer(): Promise<{ secured: MailServer; authority: string }> {
  const authority = new TestAuthority(folder, 'authority');
  const { certificate, key } = authority.sign('mail');
  const tls = { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  server = await MailServer.start({ tls });
  return { secured: server, authority: readFileSync(authority.certificate, 'utf8') };
}

describe('the way to a mail server', () => {
  const withTls = ({ environment }: MailServer) => ({
    ...environment,
    MAIL_SMTP_HOST: 'localhost',
    MAIL_SMTP_TLS: 'starttls',
  });

  it('is secured before anything is said, where the certificate is trusted', async () => {
    const { secured, authority } = await securedServer();
    const known = getCACertificates('default');
    setDefaultCACertificates([...known, authority]);
    try {
      await transport(withTls(secured)).send(LETTER, sending());
    } finally {
      setDefaultCACertificates(known);
    }
    expect(secured.to(LETTER.to)).toMatchObject([{ isSecure: true, subject: LETTER.subject }]);
  });

  it('is not taken where nobody vouches for the certificate', async () => {
    const { secured } = await securedServer();
    await expect(transport(withTls(secured)).send(LETTER, sending())).rejects.toMatchObject({ code: 'ESOCKET' });
    expect(secured.received).toEqual([]);
  });

  it('is not taken without TLS, though the server would take the mail so', async () => {
    server = await MailServer.start();
    await expect(transport(withTls(server)).send(LETTER, sending())).rejects.toMatchObject({ code: 'ETLS' });
    expect(server.received).toEqual([]);
    await transport({ ...withTls(server), MAIL_SMTP_TLS: 'none' }).send(LETTER, sending());
    expect(server.to(LETTER.to)).toMatchObject([{ isSecure: false }]);
  });
});

describe('a folder for mails', () => {
  it('gets a file for each, which only its owner reads; the same mail again is the same file', async () => {
    const [way, mail] = [transport({ MAIL_FOLDER: folder, PUBLIC_URL: 'http://127.0.0.1:3000' }), sending()];
    await way.send(LETTER, mail);
    await way.send(LETTER, mail);
    expect(readdirSync(folder)).toEqual([`${mail.id}.eml`]);
    const file = join(folder, `${mail.id}.eml`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(`To: ${LETTER.to}`);
  });
});
