/** Loaded before the server (`node --import`): reports and rejects every connection to another machine. */
import { Socket } from 'node:net';

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;
const connect = Socket.prototype.connect;

// All forms end here: `connect(options)`, `connect(port, host)`, `connect(path)`, or the array node:net makes of them.
Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options = typeof first === 'object' && first ? (first as { host?: string; path?: string }) : {};
  const host = options.host ?? (typeof second === 'string' ? second : 'localhost');
  if (!options.path && !LOOPBACK.test(host)) {
    process.stderr.write(`BLOCKED CONNECTION TO ${host}\n`);
    throw new Error(`tests must not connect to another host: ${host}`);
  }
  return (connect as (...rest: unknown[]) => Socket).apply(this, args);
} as typeof connect;
