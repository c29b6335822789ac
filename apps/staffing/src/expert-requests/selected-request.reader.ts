import { AppError } from '#contracts';
import type { Instrument } from '#contracts/finance';
import type { Queries, Tx } from '#database';

interface RequestFacts {
  readonly status: string;
  readonly instrument: Instrument | null;
  readonly partnershipIds: string[];
}

/** The request that an assignment carries out; it stays selected until the caller's transaction ends. */
export async function selectedRequest(tx: Tx, id: string): Promise<RequestFacts & { instrument: Instrument }> {
  const [request] = await tx.query<RequestFacts>(
    // Locked: it must still be selected when this transaction commits, and planners of one request wait for each other.
    `SELECT status, instrument, partnership_ids FROM expert_request WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  if (!request) throw new AppError('STAFFING_EXPERT_REQUEST_NOT_KNOWN', { expertRequestId: id });
  const { status, instrument } = request;
  if (status !== 'SELECTED' || instrument === null) {
    throw new AppError('STAFFING_EXPERT_REQUEST_NOT_SELECTED', { status });
  }
  return { ...request, instrument };
}

/** How many experts a request asks for, if it says; it is locked, as whoever asks is about to plan one. */
export async function expertsAskedFor(tx: Tx, id: string): Promise<number | null> {
  const [request] = await tx.query<{ numberOfExperts: number | null }>(
    'SELECT number_of_experts FROM expert_request WHERE id = $1 FOR NO KEY UPDATE',
    [id],
  );
  if (!request) throw new AppError('STAFFING_EXPERT_REQUEST_NOT_KNOWN', { expertRequestId: id });
  return request.numberOfExperts;
}

/** Where the expert of a selected request works, and for which partnerships, before anything is locked. */
export async function placeOfSelectedRequest(
  source: Queries,
  id: string,
): Promise<{ partnershipIds: string[]; placeOfWorkMunicipalityId: string } | undefined> {
  const [request] = await source.query<{ partnershipIds: string[]; placeOfWorkMunicipalityId: string }>(
    'SELECT partnership_ids, place_of_work_municipality_id FROM expert_request WHERE id = $1 AND status = $2',
    [id, 'SELECTED'],
  );
  return request;
}
