import { Suspense } from 'react';
import { lazyPart } from '../feedback/lazy.tsx';
import type { DateFieldProps } from './date-picker.tsx';

const DatePicker = lazyPart(() => import('./date-picker.tsx'));

/** A day, as the instant at which it starts or ends in the user's time zone; antd's picker is loaded when it is shown. */
export function DateField(props: DateFieldProps) {
  return (
    <Suspense fallback={<span style={{ display: 'inline-block', width: 190, height: 34 }} aria-hidden="true" />}>
      <DatePicker {...props} />
    </Suspense>
  );
}
