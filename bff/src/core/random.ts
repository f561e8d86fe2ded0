import { v7 as uuid } from 'uuid';

/** Chance that comes out the same every time, so that the demo tells one story. */
export interface Random {
  fraction(): number;
  /** Both ends included. */
  integer(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
  /** A version 7 id that sorts by its time. */
  id(at: Date): string;
  word(length: number): string;
}

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function seededRandom(seed: string): Random {
  const fraction = fractions(hash(seed));
  const integer = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error('nothing to pick from');
    return list[integer(0, list.length - 1)] as T;
  };
  return {
    fraction,
    integer,
    pick,
    chance: (probability) => fraction() < probability,
    shuffled: (list) =>
      list
        .map((item) => ({ item, order: fraction() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item),
    id: (at) => {
      const random = Uint8Array.from({ length: 16 }, () => integer(0, 255));
      return uuid({ msecs: at.getTime(), seq: integer(0, 0x7fffffff), random });
    },
    word: (length) => Array.from({ length }, () => pick([...ALPHANUMERIC])).join(''),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** The mulberry32 generator. */
function fractions(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
