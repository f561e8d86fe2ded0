import type { Conditions, RoleRef } from 'bff/contract';

export type Picking = {
  chosen: string[];
  /** What the parent role already allows, and which role it comes from. */
  inherited: Map<string, RoleRef>;
  /** Nobody can give what they lack. */
  holds: (code: string) => boolean;
  /** The permission the server named when it refused. */
  refused: string | undefined;
  onChange: (codes: string[]) => void;
  /** By code, for what does not apply always. */
  conditions: Record<string, Conditions>;
  onCondition: (code: string, terms: Conditions | undefined) => void;
};
