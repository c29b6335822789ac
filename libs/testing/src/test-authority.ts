import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate authority made with openssl, and what it signs, as files of one folder. */
export class TestAuthority {
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {
    this.openssl(
      'req',
      '-x509',
      '-newkey',
      'ed25519',
      '-nodes',
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      this.file('key'),
      '-out',
      this.file('crt'),
    );
  }

  get certificate(): string {
    return this.file('crt');
  }

  /** For localhost; a second one for the same subject takes the place of the first. */
  sign(subject: string, { days = 2 }: { days?: number } = {}): { certificate: string; key: string } {
    const [key, request, certificate] = ['key', 'csr', 'crt'].map((end) => join(this.folder, `${subject}.${end}`)) as [
      string,
      string,
      string,
    ];
    const names = join(this.folder, `${subject}.ext`);
    writeFileSync(names, 'subjectAltName=DNS:localhost,IP:127.0.0.1');
    this.openssl('req', '-newkey', 'ed25519', '-nodes', '-subj', `/CN=${subject}`, '-keyout', key, '-out', request);
    this.openssl(
      'x509',
      '-req',
      '-in',
      request,
      '-CA',
      this.file('crt'),
      '-CAkey',
      this.file('key'),
      '-CAcreateserial',
      '-days',
      String(days),
      '-extfile',
      names,
      '-out',
      certificate,
    );
    return { certificate, key };
  }

  private file(end: string): string {
    return join(this.folder, `${this.name}.${end}`);
  }

  private openssl(...args: string[]): void {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0] ?? ''}: ${stderr}`);
  }
}
