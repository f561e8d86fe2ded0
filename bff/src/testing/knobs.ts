/** Defaults of all knobs of tests and benchmarks; README.md explains each. */
export const DEFAULTS = {
  TEST_BACKFILL_USERS: 2_000,
  TEST_DATABASE_URL: '',
  TEST_POOLER_URL: '',
  TEST_CHAINS: 80,
  TEST_CHAINS_CONCURRENCY: 4,
  TEST_CHAINS_SEED: 'chains',
  TEST_CRASHES: 2,
  TEST_DRIFT_USERS: 500,
  TEST_EDITS: 100,
  TEST_FAULTS_SECONDS: 6,
  TEST_FAULTS_USERS: 12,
  TEST_HISTORIES: 32,
  TEST_HOSTILE_REQUESTS: 1_000,
  TEST_HOSTILE_SEED: 1,
  TEST_HISTORY_SEED: 'past',
  TEST_HISTORY_SNAPSHOTS: 30,
  TEST_HOSTILE_PAYLOADS: 250,
  TEST_KILLS: 2,
  TEST_LOSSY_HISTORIES: 8,
  TEST_MATRIX_EDITS: 60,
  TEST_NOISE_SECONDS: 3,
  TEST_OUTAGE_ROUNDS: 1,
  TEST_OUTAGE_SECONDS: 2,
  TEST_QUESTIONS: 400,
  TEST_RACES: 30,
  TEST_REVOCATIONS: 60,
  TEST_ROLE_HISTORIES: 25,
  TEST_STUB_USERS: 5_000,
  BENCH_CONCURRENCY: 128,
  BENCH_ROUNDS: 5,
  BENCH_SECONDS: 1,
  BENCH_SIZE: 20_000,
  CLERK_OPENAPI_DIR: '',
};

type Knob = keyof typeof DEFAULTS;

/** Whether the environment sets this knob: a campaign by hand, not the ordinary run. */
export const isKnobSet = (name: Knob): boolean => process.env[name] !== undefined;

/** Returns the environment variable of this name, or the default. */
export function knob<K extends Knob>(name: K): (typeof DEFAULTS)[K] {
  const text = process.env[name];
  if (text === undefined) return DEFAULTS[name];
  const value = typeof DEFAULTS[name] === 'number' ? Number(text) : text;
  if (Number.isNaN(value)) throw new Error(`${name} must be a number`);
  return value as (typeof DEFAULTS)[K];
}
