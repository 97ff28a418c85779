// Words of the blueprint pages that hold a number or a name, in English and Traditional Chinese.

import type { Text } from '../../../core/texts.ts';

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** Words that hold a number or a name. */
export const phrases = {
  initiatives: (n: number): Text => ({
    en: count(n, 'initiative', 'initiatives'),
    tc: `${n.toLocaleString('en')}項措施`,
  }),
  found: (n: number): Text => ({
    en: n === 1 ? '1 initiative fits' : `${n} initiatives fit`,
    tc: `${n}項措施符合條件`,
  }),
  days: (n: number): Text => ({ en: count(n, 'day', 'days'), tc: `${n.toLocaleString('en')}日` }),
  slip: (months: number): Text => ({ en: count(months, 'month', 'months'), tc: `${months}個月` }),
  silentDays: (n: number): Text => ({
    en: `no update for ${count(n, 'day', 'days')}`,
    tc: `${n.toLocaleString('en')}日沒有更新`,
  }),
  unnamed: (n: number): Text => ({
    en: `The documents name no body for ${n} of the initiatives.`,
    tc: `文件沒有為其中${n}項措施列明負責機構。`,
  }),
  unknownSystem: (id: string): Text => ({ en: `There is no system “${id}”.`, tc: `沒有「${id}」這個系統。` }),
  unknownTable: (id: string): Text => ({ en: `There is no table “${id}”.`, tc: `沒有「${id}」這個列表。` }),
  unknownInitiative: (id: string): Text => ({
    en: `There is no initiative “${id}”.`,
    tc: `沒有「${id}」這項措施。`,
  }),
  unknownArea: (id: string): Text => ({ en: `There is no area “${id}”.`, tc: `沒有「${id}」這個範疇。` }),
  unknownIndicator: (id: string): Text => ({
    en: `There is no indicator “${id}”.`,
    tc: `沒有「${id}」這項指標。`,
  }),
  systemsTitle: (all: number, works: number, partly: number): Text => ({
    en: `Of ${all} software systems, ${works} ${works === 1 ? 'works' : 'work'} here and ${partly} ${partly === 1 ? 'does' : 'do'} in part.`,
    tc: `${all}個軟件系統之中，${works}個可用，${partly}個部分可用。`,
  }),
  systemsCaption: (n: number): Text => ({ en: count(n, 'system', 'systems'), tc: `${n}個系統` }),
  systemNumber: (n: number, all: number): Text => ({
    en: `System ${n} of ${all}`,
    tc: `第${n}個系統，共${all}個`,
  }),
  programmeTitle: (announced: Text): Text => ({
    en: `The paper of 2024 announced ${announced.en} digital-government initiatives.`,
    tc: `2024年的文件公布了${announced.tc}數字政府措施。`,
  }),
  largestCategory: (title: Text, printed: Text): Text => ({
    en: `The largest kind is “${title.en}”: ${printed.en.toLowerCase()}.`,
    tc: `最多的是「${title.tc}」，${printed.tc}。`,
  }),
  audited: (n: number): Text => ({
    en: `${n} bureaux and departments were audited for such projects.`,
    tc: `曾審視${n}個政策局和部門的同類項目。`,
  }),
  /** The answer of the first screen. */
  answer: (counts: { completedOrOngoing: number; inProgress: number; total: number }): Text => ({
    en: `${counts.completedOrOngoing} of ${counts.total} initiatives complete or ongoing; ${inWords(counts.inProgress)} in progress.`,
    tc: `${counts.total}項措施中，${counts.completedOrOngoing}項已完成或持續推行，${counts.inProgress}項尚在進行。`,
  }),
  areaAnswer: (counts: { completedOrOngoing: number; inProgress: number; total: number }): Text =>
    counts.inProgress === 0
      ? {
          en: `All ${counts.total} initiatives are complete or ongoing.`,
          tc: `全部${counts.total}項措施均已完成或持續推行。`,
        }
      : {
          en: `Of ${counts.total} initiatives, ${counts.completedOrOngoing} are complete or ongoing and ${inWords(counts.inProgress)} ${counts.inProgress === 1 ? 'is' : 'are'} in progress.`,
          tc: `${counts.total}項措施中，${counts.completedOrOngoing}項已完成或持續推行，${counts.inProgress}項尚在進行。`,
        },
  noStatusYet: (total: number): Text => ({
    en: `${total} initiatives announced; no document had published their status by then.`,
    tc: `已公布${total}項措施；截至當日，未有文件公布其狀況。`,
  }),
  nothingYet: (): Text => ({
    en: 'No initiative had been announced by then.',
    tc: '截至當日未有公布任何措施。',
  }),
  asOfNotice: (date: string): Text => ({
    en: `You see what holds for ${date}, by all papers since.`,
    tc: `你正按其後所有文件查看${date}的情況。`,
  }),
  statusAsOf: (date: string): Text => ({
    en: `As of ${date}, the latest status published.`,
    tc: `截至${date}，即最近一次公布的狀況。`,
  }),
  countedCaption: (date: string): Text => ({
    en: `Initiatives by area, counted as published for ${date}`,
    tc: `按範疇劃分的措施數目，按${date}公布的方式計算`,
  }),
  daysAgo: (n: number): Text => ({
    en: n === 0 ? 'today' : `${count(n, 'day', 'days')} ago`,
    tc: n === 0 ? '今日' : `${n.toLocaleString('en')}日前`,
  }),
  indicatorsTitle: (all: number, differing: number): Text => ({
    en: `${all} indicators; for ${inWords(differing)} of them the documents differ.`,
    tc: `${all}項指標，其中${differing}項各文件說法不同。`,
  }),
  indicators: (n: number): Text => ({ en: count(n, 'indicator', 'indicators'), tc: `${n}項指標` }),
  latest: (date: string, silent: number): Text => ({
    en: `Latest evidence ${date}, ${count(silent, 'day', 'days')} ago`,
    tc: `最新憑據：${date}，距今${silent.toLocaleString('en')}日`,
  }),
  latestFigure: (figure: Text, date: string): Text => ({
    en: `${capital(figure.en)} (${date}).`,
    tc: `${figure.tc}（${date}）。`,
  }),
  notAnnouncedYet: (title: Text, day: string): Text => ({
    en: `“${title.en}” had not been announced by ${day}.`,
    tc: `截至${day}，「${title.tc}」仍未公布。`,
  }),
  pointsCaption: (n: number): Text => ({
    en: `${count(n, 'figure', 'figures')}, earliest first`,
    tc: `${n}個數字，由早至近`,
  }),
  range: (from: number, to: number, all: number): Text => ({
    en: `${from} to ${to} of ${all}`,
    tc: `第${from}至${to}項，共${all}項`,
  }),
  since: (date: string): Text => ({ en: `since ${date}`, tc: `由${date}起` }),
  targetsAnswer: (n: { dated: number; met: number; passed: number; moved: number }): Text => ({
    en: `${n.dated} dated targets: ${n.met} not listed as unfinished since, ${n.passed} past their date without a later report${n.moved > 0 ? `, ${n.moved} moved` : ''}.`,
    tc: `共${n.dated}個有日期的目標：${n.met}個其後沒有列為未完成，${n.passed}個已過期而其後未有報告${n.moved > 0 ? `，${n.moved}個曾改期` : ''}。`,
  }),
  oneTarget: (state: Text): Text => ({ en: `${state.en}.`, tc: `${state.tc}。` }),
  targetsDrawn: (dated: number, met: number): Text => ({
    en: `${count(dated, 'dated target', 'dated targets')}, ${met === 0 ? 'none' : met} of them past and not listed as unfinished since.`,
    tc: `${dated}個有日期的目標，${met === 0 ? '未有任何一個' : `其中${met}個`}已到期而沒有列為未完成。`,
  }),
  lateTitle: (n: number): Text => ({
    en: `${capital(inWords(n))} ${n === 1 ? 'target is' : 'targets are'} past ${n === 1 ? 'its' : 'their'} date`,
    tc: `${n}個目標已過期`,
  }),
  aimedAt: (kind: Text, figure: Text, date: string): Text => ({
    en: `${capital(kind.en)}: ${figure.en} (${date}).`,
    tc: `${kind.tc}：${figure.tc}（${date}）。`,
  }),
  fromTo: (change: { from: Text; fromDate: string; to: Text; toDate: string }): Text => ({
    en: `${capital(change.from.en)} (${change.fromDate}); ${change.to.en} (${change.toDate}).`,
    tc: `${change.fromDate}：${change.from.tc}；${change.toDate}：${change.to.tc}。`,
  }),
};

const numberWords = 'none one two three four five six seven eight nine ten'.split(' ');

/** English small numbers in words, as running text has them. */
function inWords(n: number): string {
  return numberWords[n] ?? String(n);
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
