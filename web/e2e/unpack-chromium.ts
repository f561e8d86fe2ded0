/** Run with TMPDIR set: the package unpacks into the folder for temporary files and nowhere else. */
import { fileURLToPath } from 'node:url';
import packaged, { inflate } from '@sparticuz/chromium';

await packaged.executablePath();
// System libraries that a bare machine lacks.
await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
