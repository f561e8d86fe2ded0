import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../../core/api.ts';
import { shouldRetry } from '../../providers/data/query-client.ts';
import { ErrorState } from './error-state.tsx';

const errorOf = (code: string) => new ApiError({ status: 503, code, title: 'title', requestId: 'req-1' });

describe('a value that is not valid', () => {
  it('is named where there is no form', () => {
    const problem = { status: 422, code: 'validation_failed', title: 'title', requestId: 'req-1' };
    const errors = { permission: ['unknown_permission'] };
    render(<ErrorState error={new ApiError({ ...problem, errors })} onRetry={() => {}} />);
    expect(screen.getByText('A permission named here does not exist.')).toBeDefined();
  });
});

describe('a search that takes too long', () => {
  it('asks for a shorter period or a filter, and offers no repetition', () => {
    render(<ErrorState error={errorOf('query_timeout')} onRetry={() => {}} />);
    expect(screen.getByText(/Choose a shorter period or add a filter/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('is not repeated automatically, unlike what failed in an outage', () => {
    expect(shouldRetry(0, errorOf('query_timeout'))).toBe(false);
    expect(shouldRetry(0, errorOf('unavailable'))).toBe(true);
  });
});

describe('an outage', () => {
  it('is described once for all requests of a page, and retried for all', async () => {
    const retries: string[] = [];
    const failed = (name: string) => <ErrorState error={errorOf('unavailable')} onRetry={() => retries.push(name)} />;
    const { rerender } = render(
      <>
        {failed('first')}
        {failed('second')}
      </>,
    );
    expect(screen.getAllByText('Request req-1')).toHaveLength(1);
    expect(screen.getByText('Not loaded.')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retries).toEqual(['first', 'second']);
    rerender(<p />);
    rerender(failed('third'));
    expect(screen.getAllByText('Request req-1')).toHaveLength(1);
  });
});
