export interface EntityClass<E> {
  new (...parameters: never[]): E;
}

/** The columns of an entity without its methods: what a row of `entityColumns` has. */
export type Columns<E> = { [K in keyof E as E[K] extends (...parameters: never[]) => unknown ? never : K]: E[K] };
