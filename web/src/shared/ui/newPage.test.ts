// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitHeading, focusNewHeading, forgoHeading } from './newPage';

let heading: HTMLElement;
let field: HTMLInputElement;

beforeEach(() => {
  heading = document.createElement('h1');
  heading.tabIndex = -1;
  field = document.createElement('input');
  document.body.replaceChildren(heading, field);
});

afterEach(forgoHeading);

function write(): void {
  field.focus();
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

test('the heading of a page that was asked for takes the focus, once', () => {
  focusNewHeading(heading);
  expect(document.activeElement).toBe(document.body);
  awaitHeading();
  focusNewHeading(heading);
  expect(document.activeElement).toBe(heading);
  field.focus();
  focusNewHeading(heading);
  expect(document.activeElement).toBe(field);
});

test('who has begun to write before the page came goes on writing, also over a redirect', () => {
  awaitHeading();
  write();
  awaitHeading();
  focusNewHeading(heading);
  expect(document.activeElement).toBe(field);
});

test('what was written before the page was asked for does not keep the focus', () => {
  write();
  awaitHeading();
  focusNewHeading(heading);
  expect(document.activeElement).toBe(heading);
});

test('who has written and gone on to something else is taken to the heading', () => {
  awaitHeading();
  write();
  field.blur();
  focusNewHeading(heading);
  expect(document.activeElement).toBe(heading);
});
