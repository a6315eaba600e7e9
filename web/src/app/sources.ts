/** The app's sources as text, for tests that look through them. */
import { globSync, readFileSync } from 'node:fs';

const read = (places: string[]) => new Map(places.map((place) => [place, readFileSync(place, 'utf8')]));

/** TypeScript by its place (`src/app/main.tsx`), without tests and declarations. */
export const sources = read(globSync('src/**/*.{ts,tsx}').filter((place) => !/\.(test|d)\.tsx?$/.test(place)));

/** Style sheets of components by their place. */
export const sheets = read(globSync('src/**/*.module.css'));
