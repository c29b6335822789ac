import { mailConfigSchema } from './mail-config';

const SERVER = {
  MAIL_SMTP_HOST: 'mail.example.org',
  MAIL_FROM: 'fund@example.org',
  PUBLIC_URL: 'https://fund.example',
};

/** What the start says is wrong, by setting. */
function refusals(settings: Record<string, string>): Record<string, string> {
  const { error } = mailConfigSchema.safeParse(settings);
  return Object.fromEntries(error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []);
}

describe('the settings of mails', () => {
  it('may name no way at all, a folder, or a server, which is spoken to with STARTTLS unless said otherwise', () => {
    expect(refusals({})).toEqual({});
    expect(refusals({ MAIL_FOLDER: 'mail', PUBLIC_URL: 'http://127.0.0.1:3000' })).toEqual({});
    expect(mailConfigSchema.parse(SERVER)).toMatchObject({ MAIL_SMTP_PORT: 587, MAIL_SMTP_TLS: 'starttls' });
  });

  it.each([
    [{ ...SERVER, MAIL_FROM: undefined }, 'MAIL_FROM', 'is missing'],
    [{ ...SERVER, MAIL_FROM: 'the fund' }, 'MAIL_FROM', 'email'],
    [{ ...SERVER, PUBLIC_URL: undefined }, 'PUBLIC_URL', 'is missing'],
    [{ MAIL_FOLDER: 'mail' }, 'PUBLIC_URL', 'is missing'],
    [{ ...SERVER, MAIL_SMTP_USER: 'fund' }, 'MAIL_SMTP_USER', 'belong together'],
    [{ ...SERVER, MAIL_SMTP_PASSWORD: 'secret' }, 'MAIL_SMTP_USER', 'belong together'],
    [{ ...SERVER, MAIL_SMTP_PORT: '70000' }, 'MAIL_SMTP_PORT', 'port'],
    [{ ...SERVER, MAIL_SMTP_TLS: 'perhaps' }, 'MAIL_SMTP_TLS', 'starttls'],
    [{ ...SERVER, MAIL_SMTP_TLS: 'none' }, 'MAIL_SMTP_TLS', 'only for a server on this machine'],
  ])('%j: %s %s', (settings, name, sentence) => {
    const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    expect(refusals(given as Record<string, string>)[name]).toContain(sentence);
  });
});
