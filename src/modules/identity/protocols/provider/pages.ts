// The pages that the provider shows by itself: errors, the code of a device, signing out.

import type { House } from '../../../../core/house.ts';
import { securityHeaders } from '../../../../core/http/index.ts';
import type { DocumentMaker, View } from '../../../../core/module.ts';
import type { Language, Text } from '../../../../core/texts.ts';
import { formTargetOf } from '../../rules/form-target.ts';
import {
  deviceConfirmView,
  deviceDoneView,
  deviceInputView,
  errorView,
  loggedOutView,
  logoutView,
} from '../views/index.ts';
import type { Clients } from './clients.ts';
import type { KoaContextWithOIDC } from './engine.ts';
import { hrefIn, languageFor, sameLanguage } from './language.ts';

const documentMakers = new WeakMap<House, DocumentMaker>();

/** The layout of the site, known when its web door opens. */
export const keepDocumentMaker = (house: House, maker: DocumentMaker) =>
  void documentMakers.set(house, maker);

/** The code that came with the address of the device page; it is filled in, and sent by the person. */
export const filledCode = new WeakMap<object, string>();

/** The error that a request was answered with, for the limits. */
export const answeredError = new WeakMap<object, string>();

/** Origin of an address as a source of a content security policy; a scheme of its own stands for itself. */
export function sourceOf(address: string): string | undefined {
  const url = URL.parse(address);
  if (url === null) return undefined;
  return url.origin === 'null' ? url.protocol : url.origin;
}

type Shown = { language: Language; view: View };

function show(house: House, ctx: KoaContextWithOIDC, { language, view }: Shown): void {
  const maker = documentMakers.get(house);
  if (maker === undefined) throw new Error('a page of the provider is shown before its web door is open');
  const { status = 200, formTargets = [] } = view;
  const headers = securityHeaders('page', house.config.origin, formTargets);
  for (let at = 0; at < headers.length; at += 2) ctx.set(headers[at]!, headers[at + 1]!);
  ctx.set('Cache-Control', 'no-store');
  ctx.status = status;
  ctx.type = 'html';
  ctx.body = maker(view, { language, path: '/', hrefIn: (other) => hrefIn(ctx, other) });
}

const secretOf = (ctx: KoaContextWithOIDC) => String(ctx.oidc.session?.state?.secret ?? '');

type DeviceError = { name?: string; userCode?: string; statusCode?: number } | undefined;

function problemOf(error: DeviceError): 'missing' | 'wrong' | 'refused' | undefined {
  if (error === undefined) return undefined;
  if (error.name === 'NoCodeError') return 'missing';
  return error.userCode === undefined ? 'refused' : 'wrong';
}

/** What the provider calls when it has something to show. */
export function openPages(house: House, clients: Clients) {
  const nameOf = async (ctx: KoaContextWithOIDC): Promise<Text | undefined> => {
    const id = ctx.oidc.client?.clientId;
    return id === undefined ? undefined : (await clients.find(id))?.name;
  };
  const formOf = async (ctx: KoaContextWithOIDC, route: string) => {
    const language = await languageFor(house, ctx);
    const action = sameLanguage(ctx.oidc.urlFor(route), ctx, language);
    return { language, action, secret: secretOf(ctx) };
  };

  return {
    async renderError(ctx: KoaContextWithOIDC, out: { error: string }) {
      const client = await nameOf(ctx);
      const status = Math.max(ctx.status, 400);
      const language = await languageFor(house, ctx);
      show(house, ctx, { language, view: errorView({ language, code: out.error, status, client }) });
    },
    // The form that the provider offers is not used: ours has labels and words.
    async userCodeInputSource(ctx: KoaContextWithOIDC, ...[, , error]: [string, unknown, unknown]) {
      const problem = problemOf(error as DeviceError);
      if (problem === 'wrong') answeredError.set(ctx.req, 'wrong-code');
      const code = filledCode.get(ctx.req) ?? (error as DeviceError)?.userCode?.slice(0, 20);
      const form = await formOf(ctx, 'code_verification');
      const view = deviceInputView({ ...form, code, problem });
      const status = (error as DeviceError)?.statusCode ?? 200;
      show(house, ctx, { language: form.language, view: { status, ...view } });
    },
    async userCodeConfirmSource(
      ctx: KoaContextWithOIDC,
      ...[, client, , userCode]: [string, { clientId: string }, unknown, string]
    ) {
      const name = (await clients.find(client.clientId))?.name ?? {
        en: client.clientId,
        tc: client.clientId,
      };
      const form = await formOf(ctx, 'code_verification');
      const view = deviceConfirmView({ ...form, userCode, client: name });
      show(house, ctx, { language: form.language, view });
    },
    async successSource(ctx: KoaContextWithOIDC) {
      const language = await languageFor(house, ctx);
      show(house, ctx, { language, view: deviceDoneView({ language, client: await nameOf(ctx) }) });
    },
    async logoutSource(ctx: KoaContextWithOIDC) {
      const { postLogoutRedirectUri } = (ctx.oidc.session?.state ?? {}) as { postLogoutRedirectUri?: string };
      const target = postLogoutRedirectUri === undefined ? undefined : sourceOf(postLogoutRedirectUri);
      const form = { ...(await formOf(ctx, 'end_session_confirm')), client: await nameOf(ctx) };
      const view = logoutView({ ...form, formTargets: target === undefined ? [] : [formTargetOf(target)] });
      show(house, ctx, { language: form.language, view });
    },
    async postLogoutSuccessSource(ctx: KoaContextWithOIDC) {
      const language = await languageFor(house, ctx);
      show(house, ctx, { language, view: loggedOutView({ language }) });
    },
  };
}
