import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const CLI = resolve(import.meta.dirname, '../cli');
const READY = /Rolecall is ready: (\S+)/;

export interface ServerProcess {
  url: string;
  /** Everything it has printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * The whole product as a process of its own, as `pnpm start` or another of its commands runs it. Throws with its output when it
 * ends before it is ready.
 */
export async function startServerProcess(
  settings: Record<string, string>,
  command: 'start' | 'clerk-demo' = 'start',
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(CLI, `${command}.ts`)], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((ready, fail) => {
    const hear = (chunk: Buffer) => {
      output += chunk;
      const found = READY.exec(output)?.[1];
      if (found) ready(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${output}`)));
  });
  return { url, output: () => output, kill: (signal) => end(child, signal) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}
