import { lazyPart } from '../feedback/lazy.tsx';

/** A day, as the instant at which it starts or ends in the user's time zone; antd's picker is loaded when it is shown. */
export const DateField = lazyPart(
  () => import('./date-picker.tsx'),
  <span style={{ display: 'inline-block', width: 190, height: 34 }} aria-hidden="true" />,
);
