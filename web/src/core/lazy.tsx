import { Component, type ComponentType, lazy, type ReactNode } from 'react';
import { load } from './load.ts';

export type Failed = { error: unknown; onRetry: () => void; open?: boolean; onClose?: () => void };
type Importing<P> = () => Promise<{ default: ComponentType<P> }>;
type BoundaryProps = { onRetry: () => void; children: () => ReactNode; failed: (failed: Failed) => ReactNode };

class Boundary extends Component<BoundaryProps, { failure?: { error: unknown } | undefined }> {
  override state: { failure?: { error: unknown } | undefined } = {};

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  readonly retry = () => {
    this.props.onRetry();
    this.setState({ failure: undefined });
  };

  override render() {
    const { failure } = this.state;
    return failure ? this.props.failed({ ...failure, onRetry: this.retry }) : this.props.children();
  }
}

/** Returns a lazy() whose components have an error boundary of their own: `Failure` is shown until the next try. `prefetch` loads the code. */
export const lazyWith = (Failure: ComponentType<Failed>) =>
  function lazyPart<P extends object>(importing: Importing<P>) {
    const create = () => lazy(() => load(importing)) as unknown as ComponentType<P>;
    let Part = create();
    // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, as lazy() is.
    function LazyPart(props: P & Pick<Failed, 'open' | 'onClose'>) {
      const { open = true, onClose } = props;
      return (
        <Boundary
          onRetry={() => {
            Part = create();
          }}
          failed={(failed) => <Failure {...failed} open={open} {...(onClose ? { onClose } : {})} />}
        >
          {() => <Part {...props} />}
        </Boundary>
      );
    }
    return Object.assign(LazyPart, { prefetch: () => void importing().catch(() => undefined) });
  };
