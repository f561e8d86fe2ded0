import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { t } from '../../i18n/i18n.ts';
import { useOptionalScope } from '../../providers/tenant/tenant-scope.tsx';

let shownPath: string | undefined;

/** The heading of a page and the title of the document. On another page it takes the focus, unless a field or a dialog has it. */
export function PageTitle({ title }: { title: string }) {
  const scope = useOptionalScope();
  const { pathname } = useLocation();
  const isBack = useNavigationType() === 'POP';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const isOther = shownPath !== undefined && shownPath !== pathname;
    shownPath = pathname;
    // A form that signed the user in is gone, and the focus with it.
    const isLost = navigator.userActivation?.hasBeenActive && document.activeElement === document.body;
    if (!isOther && !isLost) return;
    // The browser itself scrolls to where the user was before.
    if (isOther && !isBack) document.documentElement.scrollTop = 0;
    if (!document.activeElement?.closest('main, [role="dialog"]')) heading.current?.focus({ preventScroll: true });
  }, [pathname, isBack]);
  const parts = [title, scope?.name, t('app.name')].filter((part, at, all) => part && all.indexOf(part) === at);
  return (
    <>
      <title>{parts.join(' · ')}</title>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
    </>
  );
}
