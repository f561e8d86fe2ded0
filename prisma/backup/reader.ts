import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { digest, END_OF_ROWS, FORMAT, type Header, sha256, type Table, type Trailer, VERSION } from './format.ts';

export type Manifest = Header & { trailer: Trailer };

/** Reads the lines and the rows of a backup, in their order. */
export class BackupReader {
  readonly #chunks: AsyncIterator<Buffer>;
  // Begins at the start of a line whenever nothing is being read.
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string) {
    const gunzip = createGunzip();
    createReadStream(file)
      .on('error', (error) => gunzip.destroy(error))
      .pipe(gunzip);
    this.#chunks = gunzip[Symbol.asyncIterator]();
  }

  async line(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\n') + 1;
      if (end > 0) return this.#take(end).toString();
      await this.#readMore();
    }
  }

  /** The rows up to the next line `\.`, in chunks of whole rows. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const end = this.#endOfRows();
      if (end > 0) yield this.#take(end);
      if (end >= 0) break;
      const whole = this.#rest.lastIndexOf('\n') + 1;
      if (whole > 0) yield this.#take(whole);
      await this.#readMore();
    }
    this.#take(END_OF_ROWS.length);
  }

  /** Throws unless the file ends here. Only then has the checksum of the compression been compared. */
  async end(): Promise<void> {
    const { done } = await this.#chunks.next();
    if (!done || this.#rest.length > 0) throw new Error('the file goes on after its end');
  }

  #endOfRows(): number {
    if (this.#rest.indexOf(END_OF_ROWS) === 0) return 0;
    const before = this.#rest.indexOf(`\n${END_OF_ROWS}`);
    return before < 0 ? -1 : before + 1;
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #readMore(): Promise<void> {
    const { value, done } = await this.#chunks.next();
    if (done) throw new Error('unexpected end of file');
    this.#rest = Buffer.concat([this.#rest, value]);
  }
}

/** Reads the whole file and returns what it contains. Throws when it is damaged or something else than a backup. */
export async function verifyBackup(file: string): Promise<Manifest> {
  const reader = new BackupReader(file);
  const line = await reader.line().catch(rejectAs(file, 'is not a Rolecall backup'));
  const header = parseHeader(file, line);
  return readTrailer(reader, header, line).catch(rejectAs(file, 'is damaged'));
}

async function readTrailer(reader: BackupReader, header: Header, line: string): Promise<Manifest> {
  const tables = [];
  for (const table of header.tables) tables.push({ table, found: await digestOf(reader.rows()) });
  const trailer = JSON.parse(await reader.line()) as Trailer;
  await reader.end();
  if (sha256(line) !== trailer.header) throw new Error('the header was changed');
  for (const [index, { table, found }] of tables.entries()) {
    const expected = trailer.tables[index];
    const isSame = expected?.rows === found.rows && expected.sha256 === found.sha256;
    if (!isSame) throw new Error(`the rows of ${tableName(table)} were changed`);
  }
  return { ...header, trailer };
}

async function digestOf(chunks: AsyncGenerator<Buffer>) {
  const reading = digest(chunks);
  for (;;) {
    const step = await reading.next();
    if (step.done) return step.value;
  }
}

function parseHeader(file: string, line: string): Header {
  let header: Header;
  try {
    header = JSON.parse(line) as Header;
  } catch (cause) {
    throw new Error(`${file} is not a Rolecall backup`, { cause });
  }
  if (header.format !== FORMAT) throw new Error(`${file} is not a Rolecall backup`);
  if (header.version !== VERSION) throw new Error(`${file} was written by a newer version of Rolecall`);
  return header;
}

export const tableName = ({ schema, name }: Table) => `${schema}.${name}`;

const rejectAs = (file: string, reason: string) => (cause: NodeJS.ErrnoException) => {
  const isFromFileSystem = cause.syscall !== undefined;
  throw isFromFileSystem ? cause : new Error(`${file} ${reason}: ${cause.message}`, { cause });
};
