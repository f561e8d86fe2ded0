import { type ComponentProps, type ReactElement, type ReactNode, Suspense, useState } from 'react';

/** Draws a button with these properties. */
export type DrawButton = (props: ComponentProps<'button'>) => ReactElement;

type Props = {
  button: DrawButton;
  load: () => void;
  /** antd's control, opened, which takes the place of the button. */
  children: ReactNode;
};

/** A control before it is opened: antd's menus, selects and pickers are 20 kB and more, which no page waits for. */
export function Face({ button, load, children }: Props) {
  const [isAsked, setAsked] = useState(false);
  const face = button({ onPointerEnter: load, onFocus: load, onClick: () => setAsked(true) });
  return isAsked ? <Suspense fallback={face}>{children}</Suspense> : face;
}
