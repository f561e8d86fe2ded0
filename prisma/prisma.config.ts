import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'schema',
  migrations: { path: 'migrations' },
  // Only Prisma's own commands (`prisma migrate deploy`, say) read this; Rolecall itself migrates through migrate.ts.
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
