// What every part of the web door shares: the house, the looks of a page, the kept answers and the counters.

import type { VNode } from 'preact';
import type { LamppostError } from '../errors.ts';
import type { House } from '../house.ts';
import type { View } from '../module.ts';
import type { Language } from '../texts.ts';
import type { Kept } from './kept.ts';
import type { Limits } from './limits.ts';
import type { Metrics } from './metrics.ts';

/** What the layout needs to know around a view. Addresses are ready to be used as they are. */
export type Frame = {
  language: Language;
  /** Without the language, e.g. `/areas`. */
  path: string;
  /** With `?`, or empty. */
  search: string;
  origin: string;
  siteName: string;
  menu: { label: string; href: string; current: boolean }[];
  languages: { language: Language; label: string; tag: string; href: string; current: boolean }[];
  styleHref: string;
  /** The city's calendar day. */
  day: string;
  dev: boolean;
  status: number;
};

/** Puts head, menu and foot around a view: the whole `<html>` element. */
export type Layout = (view: View, frame: Frame) => VNode;
/** What a person sees instead of the page that was asked for. */
export type ErrorView = (error: LamppostError, language: Language) => View;

/** A file that never changes under its name, which carries a hash of its content. */
export type Asset = { path: string; contentType: string; body: Buffer };

export type Site = {
  house: House;
  layout: Layout;
  errorView: ErrorView;
  assets: Asset[];
  dev: boolean;
  origin: string;
  limits: Limits;
  kept: Kept;
  metrics: Metrics;
};
