// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import '@/shared/i18n';
import { Loading } from './Loading';

const spoken = () => screen.getAllByRole('status').filter((each) => each.textContent !== '');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('of several parts that take long one speaks, and none of what comes at once', () => {
  render([<Loading key="1" />, <Loading key="2" />]);
  expect(spoken()).toHaveLength(0);
  act(() => {
    vi.advanceTimersByTime(2000);
  });
  expect(spoken()).toHaveLength(1);
});

test('the next page that takes long speaks again', () => {
  const first = render(<Loading />);
  act(() => {
    vi.advanceTimersByTime(2000);
  });
  first.unmount();
  vi.advanceTimersByTime(10_000);
  render(<Loading />);
  act(() => {
    vi.advanceTimersByTime(2000);
  });
  expect(spoken()).toHaveLength(1);
});
