import { worldMap } from '../../build/world-map';

/** Computed when the pages are built (`worldMapModule`): a browser gets the result. */
export default worldMap();
