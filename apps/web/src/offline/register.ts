const WORKER = '/worker.js';

interface ScriptPolicy {
  createScriptURL(address: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

/** From the second visit on the pages for reports and proofs open without a line. */
export function keepPages(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // The content security policy lets no text become the address of a script, except through the one policy that it names.
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  const policy = trustedTypes?.createPolicy('fund-web', { createScriptURL: only });
  navigator.serviceWorker.register(policy?.createScriptURL(WORKER) ?? WORKER).catch((error: unknown) => {
    // Without it everything works but the pages without a line: a browser may forbid it.
    reportError(error);
  });
}

function only(address: string): string {
  if (address !== WORKER) throw new TypeError(`${address} is no script of ours`);
  return address;
}
