import { queryOptions } from '@tanstack/react-query';
import type { ServiceList } from '#contracts';
import { send } from './call';

const AGAIN_MS = 15_000;

/** How every service stands. No message tells that it changed, so it is read again while somebody looks. */
export const services = queryOptions({
  queryKey: ['services'],
  refetchInterval: AGAIN_MS,
  queryFn: async ({ signal }): Promise<ServiceList> => {
    const response = await send('/v1/services', { headers: { accept: 'application/json' }, signal });
    return (await response.json()) as ServiceList;
  },
});
