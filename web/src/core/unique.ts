/** Leaves out what has the id of an earlier one. */
export const uniqueById = <T extends { id: string }>(all: readonly T[]): T[] =>
  all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
