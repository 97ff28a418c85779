// Words of the pages of officers: who may do what, roles, invitations, proposals, services.

import type { Text } from '../../../core/texts.ts';

export const officerTexts = {
  officers: { en: 'Officers', tc: '人員' },
  whoMay: { en: 'Who may do what', tc: '誰可做甚麼' },
  whoMayLede: {
    en: 'What officers may do here, with which role, and where one of them alone is not enough. The table is made from the rules that the program follows.',
    tc: '列明人員憑何種職權可作何事，以及哪些事情須由兩人經手。此表直接由系統執行的規則產生。',
  },
  actions: { en: 'Actions', tc: '權限' },
  actionsNote: {
    en: 'Nobody may do anything that is not listed here.',
    tc: '未列於此表者，任何人均不得進行。',
  },
  actionsCaption: {
    en: 'Actions, the roles that they need, and in which departments',
    tc: '各項權限、所需職權及適用部門',
  },
  what: { en: 'What', tc: '權限' },
  who: { en: 'With which role', tc: '所需職權' },
  where: { en: 'For which department', tc: '適用部門' },
  ownDepartment: { en: 'Their own', tc: '所屬部門' },
  secondOfficer: { en: 'Second officer', tc: '第二名人員' },
  needed: { en: 'needed', tc: '必須' },
  notNeeded: { en: 'not needed', tc: '無須' },
  concerned: { en: 'Person concerned', tc: '當事人' },
  mayToo: { en: 'may too', tc: '亦可' },
  mayNot: { en: 'may not', tc: '不可' },
  nobodyElse: { en: 'nobody else', tc: '只限當事人' },
  roles: { en: 'Roles', tc: '職權' },
  rolesNote: { en: 'A role is held in one department.', tc: '每項職權只適用於一個部門。' },
  fourEyes: { en: 'Four eyes', tc: '兩人經手' },
  fourEyesAbout: {
    en: 'Where a second officer is needed, one officer proposes and another decides; never the same person, and never about themselves. To give a deciding role takes a second administrator as soon as there is one; whoever another administrator has removed still counts for seven days.',
    tc: '凡需要第二名人員的事情，均由一人建議、另一人決定；不得由同一人處理，亦不得由當事人決定。授予審批或管理職權時，只要另有管理員，便須經其同意；被其他管理員終止職權者，七日內仍計算在內。',
  },
  everyAct: {
    en: 'Each role that is given or ended, each decision and each look at the data of a person leaves a receipt.',
    tc: '每次授予或終止職權、作出決定，以及查閱個人資料，均會留下收據。',
  },
  asData: { en: 'This table as JSON', tc: '此表的JSON格式' },

  overviewNone: { en: 'You hold no role.', tc: '你並無職權。' },
  overviewSome: { en: 'What you do as an officer', tc: '人員工作' },
  overviewLede: {
    en: 'Everything you may do here follows from your roles.',
    tc: '你在此可作的事，皆取決於你的職權。',
  },
  overviewNoneLede: {
    en: 'If a department has invited you, enter the code that you were given.',
    tc: '如有部門邀請你，請輸入所獲的代碼。',
  },
  yourRoles: { en: 'Your roles', tc: '你的職權' },
  department: { en: 'Department', tc: '部門' },
  role: { en: 'Role', tc: '職權' },
  since: { en: 'Since', tc: '開始日期' },
  change: { en: 'Change', tc: '更改' },
  layDown: { en: 'Lay down', tc: '卸任' },
  layDownNote: { en: 'It ends at once.', tc: '即時生效。' },
  laidDown: { en: 'You have laid down this role.', tc: '你已卸任此職權。' },
  tasks: { en: 'What you can do', tc: '可以做的事' },
  departments: { en: 'Departments', tc: '部門' },
  departmentsNote: { en: 'Those whose officers you may see.', tc: '你可查看人員名單的部門。' },
  inviteTask: { en: 'Invite an officer', tc: '邀請人員加入' },

  join: { en: 'Become an officer', tc: '加入成為人員' },
  joinMore: { en: 'Enter the code of an invitation', tc: '輸入邀請代碼' },
  joinLede: {
    en: 'Enter the code of your invitation. From then on you act for the department under your own account.',
    tc: '請輸入邀請代碼。此後你便以自己的帳戶代部門行事。',
  },
  invitationCode: { en: 'Code of the invitation', tc: '邀請代碼' },
  invitationCodeHint: {
    en: 'Twenty letters and digits. Dashes and capitals do not matter.',
    tc: '共二十個字母及數字，不分大小寫，可省略連字號。',
  },
  accept: { en: 'Accept', tc: '接受邀請' },
  joined: { en: 'You are an officer now.', tc: '你已成為人員。' },

  officersOf: { en: 'Who holds which role', tc: '職權名單' },
  officersOfNote: {
    en: 'That you look at these names is recorded; each of them can see it.',
    tc: '你查閱這些姓名會留下紀錄，當事人均可看到。',
  },
  officersCaption: { en: 'Officers of the department', tc: '部門人員' },
  officer: { en: 'Officer', tc: '人員' },
  you: { en: 'you', tc: '你' },
  noName: { en: 'without a name', tc: '未填姓名' },
  noOfficers: { en: 'Nobody holds a role in this department yet.', tc: '此部門未有人員。' },
  endRole: { en: 'End the role', tc: '終止職權' },
  endNow: { en: 'End it now', tc: '立即終止' },
  ended: { en: 'The role has ended.', tc: '職權已終止。' },
  endedLede: {
    en: 'It is gone at the next request. The person has been told.',
    tc: '即時生效，並已通知當事人。',
  },
  proposed: { en: 'A second officer must agree.', tc: '須由第二名人員同意。' },
  proposedLede: {
    en: 'Your proposal waits in the list of proposals. Nothing has changed yet.',
    tc: '你的建議已列入建議名單，在此之前一切維持不變。',
  },
  invite: { en: 'Invite somebody', tc: '邀請人員' },
  inviteNote: {
    en: 'You get a code for one person, good for seven days. Hand it over yourself.',
    tc: '系統會發出一個代碼，只供一人使用，七日內有效。請親自交予對方。',
  },
  makeInvitation: { en: 'Make the invitation', tc: '發出邀請' },
  codeOnce: {
    en: 'This code is shown once. Hand it to the person now.',
    tc: '代碼只顯示一次，請立即交予對方。',
  },
  invited: { en: 'Code of the invitation', tc: '邀請代碼' },
  waiting: { en: 'Invitations not used yet', tc: '尚未使用的邀請' },
  until: { en: 'Good until', tc: '有效期至' },
  makeVoid: { en: 'Make void', tc: '作廢' },
  madeVoid: { en: 'The invitation is void.', tc: '邀請已作廢。' },
  give: { en: 'Give another role', tc: '授予其他職權' },
  giveNote: {
    en: 'To somebody who is an officer of this department already.',
    tc: '只適用於本部門的現任人員。',
  },
  giveNow: { en: 'Give the role', tc: '授予職權' },
  given: { en: 'The role is given.', tc: '職權已授予。' },

  proposals: { en: 'Proposals', tc: '建議' },
  proposalsLede: {
    en: 'What one officer has asked for and another decides.',
    tc: '由一名人員提出，由另一名人員決定的事項。',
  },
  noProposals: { en: 'Nothing has been proposed.', tc: '暫無建議。' },
  proposal: { en: 'Proposal', tc: '建議' },
  state: { en: 'State', tc: '狀況' },
  proposedAt: { en: 'Proposed', tc: '提出日期' },
  decidedAt: { en: 'Decided', tc: '決定日期' },
  openUntil: { en: 'Open until', tc: '有效期至' },
  reason: { en: 'Reason', tc: '原因' },
  person: { en: 'Person', tc: '當事人' },
  proposer: { en: 'Proposed by', tc: '提出者' },
  card: { en: 'Card', tc: '身份證' },
  byYou: {
    en: 'It is your own proposal: another officer decides.',
    tc: '此建議由你提出，須由另一名人員決定。',
  },
  decide: { en: 'Your decision', tc: '你的決定' },
  decideNote: { en: 'It takes effect at once, and you answer for it.', tc: '決定即時生效，並由你負責。' },
  decideRecovery: {
    en: 'See the person and the card yourself before you approve.',
    tc: '批准前，請親自核對當事人及其身份證。',
  },
  approve: { en: 'Approve', tc: '批准' },
  refuse: { en: 'Refuse', tc: '拒絕' },
  takeCode: { en: 'Show the code', tc: '顯示代碼' },
  takeCodeNote: {
    en: 'It was approved. The code is shown once: have the person beside you.',
    tc: '建議已獲批准。代碼只顯示一次，請在對方在場時顯示。',
  },
  theCode: { en: 'The code', tc: '代碼' },
  recoveryCodeUse: {
    en: 'The person enters it on a new device, under "Recover my account".',
    tc: '當事人可在新裝置的「復原我的帳戶」網頁輸入此代碼。',
  },

  services: { en: 'Services', tc: '服務' },
  page: { en: 'Page', tc: '網頁' },
  searchWords: {
    en: 'roles permissions officers departments policies four eyes access control',
    tc: '職權 權限 人員 部門 審批 兩人經手 存取控制',
  },
} as const satisfies Record<string, Text>;

/** What each role is for. */
export const roleAbout: Record<string, Text> = {
  viewer: {
    en: 'Sees what the department works on, and changes nothing.',
    tc: '可查閱部門的工作，但不能更改。',
  },
  editor: {
    en: 'Does the daily work, such as serving people at a desk.',
    tc: '處理日常工作，例如在服務櫃位服務市民。',
  },
  approver: { en: 'Decides what an editor proposes.', tc: '就編輯人員的建議作決定。' },
  administrator: {
    en: 'Says who holds which role, and registers services; of people sees only the names of officers.',
    tc: '決定職權由誰擔任，並登記服務；除人員姓名外，不能查閱個人資料。',
  },
  auditor: {
    en: 'Sees who holds which role and which services are registered, and changes nothing.',
    tc: '可查閱職權由誰擔任，以及已登記的服務，但不能更改。',
  },
};

export const proposalStates: Record<string, Text> = {
  open: { en: 'waits for a decision', tc: '有待決定' },
  approved: { en: 'approved', tc: '已批准' },
  refused: { en: 'refused', tc: '已拒絕' },
  withdrawn: { en: 'withdrawn', tc: '已撤回' },
  expired: { en: 'expired', tc: '已過期' },
};

export const officerPhrases = {
  countOfOfficers: (count: number): Text => ({
    en: count === 1 ? '1 officer' : `${count} officers`,
    tc: `${count}名人員`,
  }),
  otherDepartments: (count: number): Text => ({
    en: count === 1 ? 'One other department' : `${count} other departments`,
    tc: `其他${count}個部門`,
  }),
  officersIn: (department: Text): Text => ({
    en: `Officers of ${department.en}`,
    tc: `${department.tc}的人員`,
  }),
  alsoEverywhere: (department: Text): Text => ({
    en: `Their own (${department.en}: all)`,
    tc: `所屬部門（${department.tc}：所有部門）`,
  }),
  roleIn: (role: Text, department: Text): Text => ({
    en: `You are ${/^[aeiou]/.test(role.en) ? 'an' : 'a'} ${role.en} of ${department.en}.`,
    tc: `你已成為${department.tc}的${role.tc}。`,
  }),
  proposal: {
    invitation: (role: Text): Text => ({
      en: `Invite somebody as ${role.en}`,
      tc: `邀請一人擔任${role.tc}`,
    }),
    role: (role: Text): Text => ({ en: `Make an officer ${role.en}`, tc: `任命人員為${role.tc}` }),
    ending: (role: Text): Text => ({ en: `End a role of ${role.en}`, tc: `終止一項${role.tc}職權` }),
  } as Record<string, (role: Text) => Text>,
  goodUntil: (when: Text): Text => ({ en: `Good until ${when.en}.`, tc: `有效期至${when.tc}。` }),
  openProposals: (count: number): Text => ({
    en: count === 1 ? '1 waits for a decision' : `${count} wait for a decision`,
    tc: `${count}項有待決定`,
  }),
};
