// Where signing in to the portal begins and ends: pages that only lead on, and signing out.

import { z } from 'zod';
import { LamppostError } from '../../../../core/errors.ts';
import { type Page, type PageInput, page, type View } from '../../../../core/module.ts';
import { say } from '../../../../core/texts.ts';
import { Button, PageHeader } from '../../../../ui/index.ts';
import { beginSignIn, errorView, finishSignIn, loggedOutView, signOut } from '../../protocols/index.ts';
import { serviceTexts } from '../../texts/index.ts';

const nextQuery = z.strictObject({ next: z.string().max(2_000).optional() });
const answer = z.string().max(4_000).optional();
const answerQuery = z.strictObject({
  code: answer,
  state: answer,
  iss: answer,
  error: answer,
  error_description: answer,
  error_uri: answer,
  session_state: answer,
});

type Begin = PageInput<undefined, typeof nextQuery>;

const nothing = { title: '', main: null } as const;

const ownNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Passkeys and cookies belong to one name: who came by another name of this machine goes there first. */
function otherName({ visit, origin }: Begin): string | undefined {
  const asked = URL.parse(`http://${visit.headers.host ?? ''}`)?.hostname ?? '';
  const own = new URL(origin).hostname;
  return ownNames.has(own) && ownNames.has(asked) && asked !== own ? visit.url : undefined;
}

async function begin(input: Begin, create: boolean): Promise<View> {
  const elsewhere = otherName(input);
  if (elsewhere !== undefined) return { ...nothing, redirect: elsewhere };
  const { house, visit, language, query } = input;
  const { url, cookie } = await beginSignIn(house, visit, { language, next: query.next, create });
  return { ...nothing, redirect: url, cookies: [cookie] };
}

const signInPage = page({
  path: '/sign-in',
  audience: 'public',
  query: nextQuery,
  cache: 'none',
  render: (input) => begin(input, false),
});

const registerPage = page({
  path: '/register',
  audience: 'public',
  query: nextQuery,
  cache: 'none',
  render: (input) => begin(input, true),
});

const returnPage = page({
  path: '/sign-in/return',
  audience: 'public',
  query: answerQuery,
  cache: 'none',
  render: async ({ house, visit, language }) => {
    try {
      const { next, cookies } = await finishSignIn(house, visit);
      return { ...nothing, redirect: next, cookies };
    } catch (error) {
      // Whoever stops has done nothing wrong, and is where they were.
      if (error instanceof LamppostError && error.code === 'sign-in-stopped') {
        return { ...nothing, redirect: `/${language}` };
      }
      // On a page of its own, whose links in other languages do not repeat what came back.
      if (error instanceof LamppostError && error.code === 'sign-in-failed') {
        return { ...nothing, redirect: `/${language}/sign-in/over` };
      }
      throw error;
    }
  },
});

const overPage = page({
  path: '/sign-in/over',
  audience: 'public',
  cache: 'none',
  render: async ({ language }) => errorView({ language, code: 'session_not_found', status: 400 }),
});

const signedOutPage = page({
  path: '/signed-out',
  audience: 'public',
  cache: 'none',
  render: async ({ language }) => loggedOutView({ language }),
});

const signOutPage = page({
  path: '/sign-out',
  audience: 'signed-in',
  render: async ({ language }) => ({
    title: say(serviceTexts.signOutTitle, language),
    main: (
      <>
        <PageHeader
          title={say(serviceTexts.signOutTitle, language)}
          lede={say(serviceTexts.signOutLede, language)}
        />
        <form class="step" method="post" action={`/${language}/sign-out`}>
          <div class="actions">
            <Button label={say(serviceTexts.signOut, language)} />
          </div>
        </form>
      </>
    ),
  }),
  form: {
    fields: z.strictObject({}),
    submit: async ({ house, visit, actor, language }) => {
      const { cookies } = await signOut(house, visit, actor);
      return { ...nothing, redirect: `/${language}/signed-out`, cookies };
    },
  },
});

export const returnPages: Page[] = [
  signInPage,
  registerPage,
  returnPage,
  overPage,
  signOutPage,
  signedOutPage,
];
