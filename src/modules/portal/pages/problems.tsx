// The page of a problem: what its code means and what to do; the `type` of every problem leads here.

import { z } from 'zod';
import { notFound, statusOf } from '../../../core/errors.ts';
import type { House } from '../../../core/house.ts';
import { problemTitles } from '../../../core/http/index.ts';
import { page, type View } from '../../../core/module.ts';
import { coreProblems, type Problem } from '../../../core/problems.ts';
import { type Language, say, type Text } from '../../../core/texts.ts';
import { DefinitionList, PageHeader, Section } from '../../../ui/index.ts';
import { phrases, texts } from '../texts.ts';

export const problemPage = page({
  path: '/problems/:code',
  audience: 'public',
  cache: 'change',
  params: z.strictObject({ code: z.string().max(60) }),
  async render({ house, language, params }) {
    const problem = new Map(Object.entries(problemsOf(house))).get(params.code);
    if (!problem) throw notFound('unknown-problem', phrases.unknownProblem(params.code));
    return problemView(language, params.code, problem);
  },
});

/** Every code that this site can answer with. */
export const problemsOf = (house: Pick<House, 'modules'>): Record<string, Problem> =>
  Object.assign({}, coreProblems, ...house.modules.map(({ problems = {} }) => problems));

function problemView(language: Language, code: string, problem: Problem): View {
  const t = (text: Text) => say(text, language);
  const title = t(problemTitles[problem.kind]);
  const facts = [
    { term: t(texts.problemCode), description: <code>{code}</code> },
    { term: t(texts.httpStatus), description: String(problem.status ?? statusOf[problem.kind]) },
    { term: t(texts.whatToDo), description: t(problem.advice) },
  ];
  return {
    title: `${title}: ${code}`,
    description: t(problem.advice),
    noIndex: true,
    breadcrumbs: [{ label: t(texts.reference), href: `/${language}/api` }],
    main: (
      <>
        <PageHeader kicker={t(texts.problem)} title={title} lede={t(problem.advice)} />
        <Section id="details" title={t(texts.meaning)}>
          <DefinitionList items={facts} />
        </Section>
      </>
    ),
  };
}
