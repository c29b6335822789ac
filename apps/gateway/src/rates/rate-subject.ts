/** Where the gateway's replicas tell each other what they accepted; nobody else may listen or speak there. */
export const RATE_SUBJECT = 'gateway.rates';
