/** The image's HEALTHCHECK: asks the process in this container whether it is ready. */
async function main(): Promise<void> {
  const { OPS_PORT, OIDC_PORT } = process.env;
  const url = `http://127.0.0.1:${OPS_PORT ?? OIDC_PORT ?? ''}/health/ready`;
  const response = await fetch(url, { signal: AbortSignal.timeout(2500) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
