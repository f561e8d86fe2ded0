import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lchownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How to run PostgreSQL's programs: a command put before them, and the account they run under and own their files as. */
export type RunAs = { prefix: string[]; uid?: number; gid?: number; owner?: Account };
type Account = { uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root, so root hands it to an unprivileged account: the one that owns the folder already,
 * else `nobody`. Below a folder that only root may enter, that account needs a way through.
 */
export function chooseAccount(home: string, cluster: string, initdb: string): RunAs {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const account = unprivilegedOwner(cluster) ?? lookUpUnprivileged();
  const candidates: RunAs[] = [
    { prefix: [], ...account, owner: account },
    { prefix: setpriv(account, 'dac_read_search'), owner: account },
    // Containers often withhold the read-only capability but keep this wider one.
    { prefix: setpriv(account, 'dac_override'), owner: account },
    // Inside a user namespace of its own, root appears as an ordinary account, without any capability.
    {
      prefix: ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`],
      owner: { uid: 0, gid: 0 },
    },
  ];
  const found = candidates.find((candidate) => canRun(candidate, home, initdb));
  if (found) return found;
  throw new Error(
    `PostgreSQL refuses to run as root, and no other account can enter ${home} or the folder of its programs. ` +
      'Run Rolecall as an ordinary user, move it to a folder that others may enter, or set DATABASE_URL.',
  );
}

export function chownTo(folder: string, owner: Account | undefined): void {
  if (!owner || statSync(folder).uid === owner.uid) return;
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, entry);
    lchownSync(path, owner.uid, owner.gid);
  }
  lchownSync(folder, owner.uid, owner.gid);
}

// access(2) judges by the real user and drops capabilities for it unless this securebit is set; PostgreSQL uses it to find itself.
function setpriv(account: Account, capability: string): string[] {
  const ids = ['--reuid', String(account.uid), '--regid', String(account.gid), '--clear-groups'];
  const capabilities = ['--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`];
  return ['setpriv', ...ids, '--securebits', '+no_setuid_fixup', ...capabilities];
}

function canRun(candidate: RunAs, home: string, initdb: string): boolean {
  const script = 'cd "$1" && exec "$2" --show --pgdata "$1"';
  const [command = 'sh', ...rest] = [...candidate.prefix, 'sh', '-c', script, 'sh', home, initdb];
  const { uid, gid } = candidate;
  const result = spawnSync(command, rest, {
    stdio: 'ignore',
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  return result.status === 0;
}

function unprivilegedOwner(folder: string): Account | undefined {
  if (!existsSync(folder)) return undefined;
  const { uid, gid } = lstatSync(folder);
  return uid === 0 ? undefined : { uid, gid };
}

function lookUpUnprivileged(): Account {
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
