// The accessibility statement and the living style page.

import { page } from '../../../core/module.ts';
import { say } from '../../../core/texts.ts';
import { PageHeader, Section, StylePage } from '../../../ui/index.ts';
import { accessibilityChecks, accessibilityPromises, texts } from '../texts.ts';

export const accessibilityPage = page({
  path: '/accessibility',
  audience: 'public',
  cache: 'change',
  async render({ language }) {
    const t = (text: Parameters<typeof say>[0]) => say(text, language);
    return {
      title: t(texts.accessibility),
      description: t(texts.accessibilityLede),
      main: (
        <>
          <PageHeader title={t(texts.accessibility)} lede={t(texts.accessibilityLede)} />
          <Section id="promises" title={t(texts.whatWeDo)}>
            <ul>
              {accessibilityPromises.map((promise) => (
                <li>{t(promise)}</li>
              ))}
            </ul>
          </Section>
          <Section id="checks" title={t(texts.whatWeCheck)}>
            {accessibilityChecks.map((check) => (
              <p>{t(check)}</p>
            ))}
          </Section>
        </>
      ),
    };
  },
});

export const stylePage = page({
  path: '/style',
  audience: 'public',
  cache: 'change',
  async render({ language }) {
    return { ...StylePage(language), noIndex: true };
  },
});
