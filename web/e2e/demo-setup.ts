import type { TestProject } from 'vitest/node';
import { startProduct } from './product.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the product with its demo, which all browser tests share that neither stop nor configure it. */
    demoUrl: string;
  }
}

/** Starts the product once for the browser tests. */
export default async function setup(project: TestProject) {
  const product = await startProduct();
  project.provide('demoUrl', product.url);
  return () => product.stop();
}
