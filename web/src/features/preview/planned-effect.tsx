import { useQuery } from '@tanstack/react-query';
import type { Effect } from 'bff/contract';
import { useState } from 'react';
import type { ApiError } from '../../core/api.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useI18n } from '../../i18n/i18n.ts';
import { ListSkeleton } from '../../ui/feedback/skeleton.tsx';
import type { PlannedChange } from './dry-run.ts';
import { dryRun, TYPED_ABOVE } from './dry-run.ts';
import type { MemberLink } from './effect-view.tsx';
import { EffectView } from './effect-view.tsx';
import { TypedConfirmation } from './typed-confirmation.tsx';

/**
 * The effect of a change inside its own dialog: what to show, and whether the user has seen it (and typed the name) and can
 * go on. Undefined: no change to preview yet.
 */
export function usePlannedEffect(change: PlannedChange | undefined, name: string, linkTo?: MemberLink) {
  const [typed, setTyped] = useState('');
  const { data, error } = useQuery<Effect, ApiError>({
    queryKey: ['dry-run', change],
    queryFn: ({ signal }) => dryRun(change as PlannedChange, signal),
    enabled: change !== undefined,
    // The effect stays as shown while the change is saved.
    staleTime: 'static',
    gcTime: 0,
  });
  const mustType = data !== undefined && data.affected > TYPED_ABOVE;
  const ready = change === undefined || (data !== undefined && (!mustType || typed.trim() === name));
  return {
    ready,
    view: change ? (
      <PlannedEffect
        effect={data}
        error={error}
        linkTo={linkTo}
        {...(mustType ? { name, typed, onType: setTyped } : {})}
      />
    ) : null,
  };
}

type Props = { effect: Effect | undefined; error: ApiError | null; linkTo: MemberLink | undefined } & (
  | { name: string; typed: string; onType: (typed: string) => void }
  | { name?: never; typed?: never; onType?: never }
);

function PlannedEffect({ effect, error, linkTo, name, typed, onType }: Props) {
  useI18n();
  return (
    <div className="planned-effect" aria-live="polite">
      {error ? <p className="form-field-error">{errorText(error)}</p> : null}
      {!effect && !error ? <ListSkeleton rows={2} columns={1} /> : null}
      {effect ? <EffectView effect={effect} linkTo={linkTo} /> : null}
      {name ? <TypedConfirmation name={name} typed={typed} onType={onType} /> : null}
    </div>
  );
}
