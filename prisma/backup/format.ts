import { createHash } from 'node:crypto';

/**
 * A backup is one gzip file of lines: the header (JSON), the rows of each table as COPY writes them, ended by a line `\.`,
 * and the trailer (JSON). `zcat` shows it.
 */
export interface Header {
  format: typeof FORMAT;
  version: typeof VERSION;
  createdAt: string;
  /** The applied migrations, whose checksums decide which code can restore the file. */
  migrations: { name: string; checksum: string }[];
  /** Partitions of the audit log other than the default one. */
  partitions: { name: string; bounds: string }[];
  /** Jobs that had not ended. */
  jobs: Job[];
  /** In an order in which a row follows those that it refers to. */
  tables: Table[];
}

export interface Table {
  schema: string;
  name: string;
  columns: string[];
}

export interface Job {
  name: string;
  data: object;
  startAfter: string;
}

export interface Trailer {
  /** SHA-256 of the header's line. */
  header: string;
  /** In the order of the header. */
  tables: Digest[];
}

export interface Digest {
  rows: number;
  sha256: string;
}

export const FORMAT = 'rolecall-backup';
export const VERSION = 1;
export const END_OF_ROWS = '\\.\n';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Returns what `chunks` yields, and the digest once it has ended. Every row is one line, because COPY escapes line breaks. */
export async function* digest(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, Digest> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) rows++;
    yield chunk;
  }
  return { rows, sha256: hash.digest('hex') };
}
