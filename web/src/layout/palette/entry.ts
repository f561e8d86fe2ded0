import type { IconName } from '../../ui/icon.tsx';

/** The groups of the palette, in their order. */
export const GROUPS = [
  'recent',
  'pages',
  'tenants',
  'people',
  'roles',
  'permissions',
  'invitations',
  'actions',
  'events',
] as const;
export type Group = (typeof GROUPS)[number];

/** A row of the palette: it leads to a page or does something. */
export type Entry = {
  group: Group;
  /** Unique among all rows. */
  id: string;
  icon: IconName;
  label: string;
  note?: string | null | undefined;
  /** The tenant in which it is, for its mark. */
  tenant?: { id: string; name: string } | undefined;
  keys?: string | undefined;
} & ({ to: string } | { run: () => void });
