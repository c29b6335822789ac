/** Scripts get a token for a demo user without a browser; only this provider knows the grant. */
export const DEMO_GRANT = 'urn:fachkraeftefonds:demo';
export const SCRIPT_CLIENT = 'fund-scripts';
export const WEB_CLIENT = 'fund-web';
