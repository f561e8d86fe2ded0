/** Loaded before the server (`node --import`): tells of every connection that would leave this machine, and refuses it. */
import { Socket } from 'node:net';

const HERE = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;
const connect = Socket.prototype.connect;

// Each way to connect ends here: `connect(options)`, `connect(port, host)`, `connect(path)`, or the list that node:net makes of them.
Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
  const [first, second] = Array.isArray(given[0]) ? given[0] : given;
  const options = typeof first === 'object' && first ? (first as { host?: string; path?: string }) : {};
  const host = options.host ?? (typeof second === 'string' ? second : 'localhost');
  if (!options.path && !HERE.test(host)) {
    process.stderr.write(`LEFT FOR ${host}\n`);
    throw new Error(`nothing leaves this machine in a test: ${host}`);
  }
  return (connect as (...all: unknown[]) => Socket).apply(this, given);
} as typeof connect;
