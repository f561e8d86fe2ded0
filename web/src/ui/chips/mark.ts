import type { CSSProperties } from 'react';

function hash(id: string) {
  let value = 2166136261;
  for (const character of id) value = Math.imul(value ^ character.charCodeAt(0), 16777619);
  return value >>> 0;
}

/** The colour of a tenant or a user, the same for an id every time; `hues` is how many there are. */
export const markStyle = (id: string, size: number, hues: number) =>
  ({ '--mark-hue': ((hash(id) % hues) * 360) / hues, '--mark-size': `${size}px` }) as CSSProperties;
