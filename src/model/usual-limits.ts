/** So many records are listed unless a limit is given. */
export const USUAL_LIST = 100;

/** So many changes are read unless a limit is given. */
export const USUAL_CHANGES = 100;
