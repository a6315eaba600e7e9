// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { inLanguage } from './inLanguage';

const XML =
  '<p xmlns:stegvis="urn:stegvis:bpmn:1"><t id="a" name="Möte" stegvis:nameEn="Meeting"/><t id="b" name="Plan"/></p>';

it('names in English what has an English name', () => {
  const told = new DOMParser().parseFromString(inLanguage(XML, 'en'), 'application/xml');
  expect([...told.querySelectorAll('t')].map((one) => one.getAttribute('name'))).toEqual(['Meeting', 'Plan']);
});

it('leaves the Swedish diagram as it is', () => {
  expect(inLanguage(XML, 'sv')).toBe(XML);
});
