import { expect, it } from 'vitest';
import { isUnreached } from './unreached';

it.each([
  'Failed to fetch',
  'NetworkError when attempting to fetch resource.',
  'Load failed',
  'The server was not reached.',
  'Unable to preload CSS for /assets/CasesPage-1.css',
  'Failed to fetch dynamically imported module: /assets/CasesPage-1.js',
  'error loading dynamically imported module: /assets/CasesPage-1.js',
  'Importing a module script failed.',
])('a network that is away says: %s', (message) => {
  expect(isUnreached(new TypeError(message))).toBe(true);
  expect(isUnreached(new Error(message))).toBe(true);
});

it('a fault of our own is not put down to the network', () => {
  expect(isUnreached(new TypeError("Cannot read properties of undefined (reading 'map')"))).toBe(false);
});
