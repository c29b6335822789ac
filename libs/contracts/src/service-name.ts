/** The services that own a schema and a stream. The gateway owns neither. */
export const SERVICES = ['partnership', 'staffing', 'finance', 'events'] as const;
export type ServiceName = (typeof SERVICES)[number];
