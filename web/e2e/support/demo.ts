import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DEMO_DATABASE, stegvis } from './stegvis.ts';

/** Makes the demonstration once; each group of tests gets a copy of it. */
export default function makeDemo(): void {
  mkdirSync(dirname(DEMO_DATABASE), { recursive: true });
  for (const suffix of ['', '-wal', '-shm']) rmSync(DEMO_DATABASE + suffix, { force: true });
  stegvis(['demo'], { STEGVIS_DATABASE: DEMO_DATABASE });
}
