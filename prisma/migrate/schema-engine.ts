import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { connectForMigrations } from './adapter.ts';

export type SchemaEngine = engineModule.SchemaEngine;

/** Opens Prisma's schema engine (WebAssembly, so nothing native is downloaded) on one database. */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
  loginPrefix?: string,
): Promise<T> {
  await loadWasm();
  showPanics();
  const open = new Set<SqlDriverAdapter>();
  let sqlError: string | undefined;
  const connect = async () => {
    const onScriptError = (reason: string) => {
      sqlError = reason;
    };
    const adapter = await connectForMigrations(url, { loginPrefix, onScriptError });
    open.add(adapter);
    return adapter;
  };
  // A shadow database must be empty and ours alone: only `diff` asks for one, and its whole server is temporary.
  const factory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect,
    connectToShadowDb: connect,
  } as const;
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
  try {
    return await work(engine);
  } catch (cause) {
    throw new Error(describeFailure((cause as Error).message, sqlError), { cause });
  } finally {
    engine.free();
    await Promise.all([...open].map((adapter) => adapter.dispose().catch(() => {})));
  }
}

// The engine's message: the reason, then its own numbered call stack, in which the migration's name stands.
function describeFailure(message: string, sqlError: string | undefined): string {
  const name = /migration_name="([^"]+)"/.exec(message)?.[1];
  const reason = sqlError ?? message.split(/\n\s+0: /)[0];
  return name ? `Migration ${name} failed: ${reason}` : `The schema engine failed: ${reason}`;
}

// The compiler's library for servers has no name for this part of the language's run time.
type WasmLoader = {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

// A fault inside the engine arrives here by this name; without it, it hides behind an error of the glue code.
function showPanics(): void {
  const scope = globalThis as { PRISMA_WASM_PANIC_REGISTRY?: { set_message(message: string): void } };
  scope.PRISMA_WASM_PANIC_REGISTRY ??= {
    set_message(message) {
      throw new Error(`Prisma's schema engine failed: ${message}`);
    },
  };
}

const LOADED = Symbol.for('rolecall.schema-engine');

// The glue code holds one instance per process, while a test runner loads this file once per project.
function loadWasm(): Promise<void> {
  const scope = globalThis as { [LOADED]?: Promise<void> };
  scope[LOADED] ??= instantiate();
  return scope[LOADED];
}

async function instantiate(): Promise<void> {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WasmLoader };
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(glue.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': engineModule });
  engineModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
