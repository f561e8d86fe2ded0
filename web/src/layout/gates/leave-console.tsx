import { useEffect } from 'react';

/** Sign-in and invitations live outside the console; loading the document anew also empties its memory. */
export function LeaveConsole() {
  useEffect(() => location.reload(), []);
  return null;
}
