/** `pnpm doctor`: checks the set-up without changing it. Exits with 1 when something has to be fixed. */
import '@rolecall/prisma/generate';

const { diagnose } = await import('./doctor/diagnose.ts');
const { printLine } = await import('../core/print-line.ts');

const LABELS = { ok: 'ok   ', warning: 'warn ', error: 'ERROR' };

const checks = await diagnose();
for (const { name, status, message } of checks) printLine(`${LABELS[status]}  ${name.padEnd(10)}  ${message}`);
const errors = checks.filter(({ status }) => status === 'error').length;
printLine(errors === 0 ? '\nRolecall can start.' : `\n${errors} to fix.`);
process.exitCode = errors === 0 ? 0 : 1;
