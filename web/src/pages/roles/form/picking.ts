import type { Conditions, RoleRef } from 'bff/contract';

export type Picking = {
  chosen: string[];
  /** What the parent role already grants, and the role it comes from. */
  inherited: Map<string, RoleRef>;
  /** Whether the user holds the permission: only then it can be granted. */
  holds: (code: string) => boolean;
  /** The permission that the server rejected. */
  rejected: string | undefined;
  onChange: (codes: string[]) => void;
  /** By code, for conditional grants. */
  conditions: Record<string, Conditions>;
  onCondition: (code: string, terms: Conditions | undefined) => void;
};
