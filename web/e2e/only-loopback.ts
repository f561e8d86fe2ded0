/** Loaded before the server (`node --import`): reports and rejects every connection to another machine. */
import { Socket } from 'node:net';

const HERE = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;
const connect = Socket.prototype.connect;

// All forms end here: `connect(options)`, `connect(port, host)`, `connect(path)`, or the array node:net makes of them.
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof first === 'object' && first ? (first as { host?: string; path?: string }) : {};
  const host = options.host ?? (typeof second === 'string' ? second : 'localhost');
  if (!options.path && !HERE.test(host)) {
    process.stderr.write(`LEFT FOR ${host}\n`);
    throw new Error(`nothing leaves this machine in a test: ${host}`);
  }
  return (connect as (...all: unknown[]) => Socket).apply(this, args);
} as typeof connect;
