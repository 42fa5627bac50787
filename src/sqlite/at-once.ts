/** An interface of graphs as it is within a connection, where all that is asked is answered at once. */
export type AtOnce<Interface> = {
  readonly [Name in keyof Interface]: Interface[Name] extends (...given: infer Given) => Promise<infer Answer>
    ? (...given: Given) => Answer
    : Interface[Name];
};
