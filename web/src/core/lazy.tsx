import { Component, type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import { load } from './load.ts';

export type Failed = { error: unknown; onRetry: () => void; onClose?: (() => void) | undefined };
type Importing<P> = () => Promise<{ default: ComponentType<P> }>;
type BoundaryProps = {
  /** Navigation tries again. */
  path: string;
  onRetry?: () => void;
  children: () => ReactNode;
  failed: (failed: Failed) => ReactNode;
};
type State = { failure: { error: unknown } | undefined };

/** Contains an error to a part of the console, in whose place `failed` is shown until the next try. */
export class Boundary extends Component<BoundaryProps, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override componentDidUpdate({ path }: BoundaryProps) {
    if (this.state.failure && path !== this.props.path) this.retry();
  }

  readonly retry = () => {
    this.props.onRetry?.();
    this.setState({ failure: undefined });
  };

  override render() {
    const { failure } = this.state;
    return failure ? this.props.failed({ ...failure, onRetry: this.retry }) : this.props.children();
  }
}

/**
 * Returns a lazy() whose components have an error boundary of their own: `Failure` is shown until the next try, and `waiting` while
 * they load, unless a Suspense around them does. `prefetch` loads the code.
 */
export const lazyWith = (Failure: ComponentType<Failed>, waiting?: ReactNode) =>
  function lazyPart<P extends object>(importing: Importing<P>, fallback = waiting) {
    const create = () => lazy(() => load(importing)) as unknown as ComponentType<P>;
    let Part = create();
    // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, as lazy() is.
    function LazyPart(props: P & Pick<Failed, 'onClose'>) {
      const boundary = (
        <Boundary
          path={location.pathname}
          onRetry={() => {
            Part = create();
          }}
          failed={(failed) => <Failure {...failed} onClose={props.onClose} />}
        >
          {() => <Part {...props} />}
        </Boundary>
      );
      return fallback === undefined ? boundary : <Suspense fallback={fallback}>{boundary}</Suspense>;
    }
    return Object.assign(LazyPart, { prefetch: () => void importing().catch(() => undefined) });
  };
