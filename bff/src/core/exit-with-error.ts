import { ConfigError } from './config.ts';

/** Returns a handler that prints why a command failed, without a stack trace, and ends the process. */
export const exitWithError =
  (failure: string) =>
  (error: Error): never => {
    const reason = error instanceof ConfigError ? ['invalid settings', ...error.errors].join('\n  ') : error.message;
    process.stderr.write(`${failure}: ${reason}\n`);
    process.exit(1);
  };
