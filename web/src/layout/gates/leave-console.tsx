import { useEffect } from 'react';

/** Sign-in and invitations are outside the console; reloading the document also clears its memory. */
export function LeaveConsole() {
  useEffect(() => location.reload(), []);
  return null;
}
