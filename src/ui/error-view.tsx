// The page for an error: what happened, which fields, what to do next.

import type { LamppostError } from '../core/errors.ts';
import type { View } from '../core/module.ts';
import { type Language, say, type Text } from '../core/texts.ts';
import { DefinitionList } from './components/facts.tsx';
import { PageHeader, Section } from './components/page.tsx';
import { SearchForm } from './forms/search-form.tsx';

type Advice = { title: Text; next: Text };

const advice: Record<LamppostError['kind'], Advice> = {
  invalid: {
    title: { en: 'We could not read this address', tc: '無法理解這個網址' },
    next: {
      en: 'Check the address, or start again from the home page.',
      tc: '請檢查網址，或由首頁重新開始。',
    },
  },
  unauthenticated: {
    title: { en: 'Please sign in first', tc: '請先登入' },
    next: { en: 'Sign in, then open this page again.', tc: '請登入後再開啟此頁。' },
  },
  forbidden: {
    title: { en: 'You may not open this page', tc: '你沒有權限開啟此頁' },
    next: {
      en: 'If you think you should, ask the department that runs the service.',
      tc: '如認為有誤，請向負責部門查詢。',
    },
  },
  'not-found': {
    title: { en: 'We could not find this page', tc: '找不到此頁' },
    next: {
      en: 'It may have moved. Search for it, or start from the home page.',
      tc: '此頁可能已移至別處。請嘗試搜尋，或由首頁開始。',
      sc: '此页可能已移至别处。请尝试搜索，或由首页开始。',
    },
  },
  conflict: {
    title: { en: 'This does not fit what is already recorded', tc: '內容與現有紀錄不符' },
    next: {
      en: 'Open the page again to see what is recorded now, then try again.',
      tc: '請重新開啟頁面查看最新紀錄，然後再試。',
    },
  },
  'too-many': {
    title: { en: 'Too many requests', tc: '請求過多' },
    next: { en: 'Wait a minute, then try again.', tc: '請稍候一分鐘再試。' },
  },
  unavailable: {
    title: { en: 'This is not available just now', tc: '服務暫時未能提供' },
    next: { en: 'Try again in a few minutes.', tc: '請數分鐘後再試。' },
  },
  bug: {
    title: { en: 'Something went wrong on our side', tc: '系統出現問題' },
    next: {
      en: 'The fault is ours and has been recorded. Try again in a few minutes.',
      tc: '問題出於我們的系統，現已記錄。請數分鐘後再試。',
    },
  },
};

const words = {
  fields: { en: 'What to correct', tc: '需要更正的地方' },
  home: { en: 'Go to the home page', tc: '前往首頁' },
  code: { en: 'Error', tc: '錯誤' },
} as const satisfies Record<string, Text>;

/** The page for an error. Only public words are shown; the detail stays in the log. */
export function errorView(error: LamppostError, language: Language): View {
  const { title, next } = advice[error.kind];
  const heading = say(title, language);
  return {
    title: heading,
    status: error.status,
    noIndex: true,
    main: (
      <>
        <PageHeader
          kicker={`${say(words.code, language)} ${error.status}`}
          title={heading}
          lede={say(error.publicMessage, language)}
          meta={<p>{say(next, language)}</p>}
          actions={
            <>
              {error.kind === 'not-found' ? (
                <SearchForm id="error-search" action={`/${language}/search`} language={language} />
              ) : null}
              <a href={`/${language}`}>{say(words.home, language)}</a>
            </>
          }
        />
        {error.fields.length > 0 ? (
          <Section id="fields" title={say(words.fields, language)}>
            <DefinitionList
              items={error.fields.map((problem) => ({
                term: <code>{problem.field}</code>,
                description: say(problem.message, language),
              }))}
            />
          </Section>
        ) : null}
      </>
    ),
  };
}
