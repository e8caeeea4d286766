// The page's own words, in its two languages.
const texts = {
  inspector: ['Inspector', '调试台'],
  actions: ['Conversation', '对话操作'],
  begin: ['New', '新对话'],
  undo: ['Undo', '撤销'],
  replay: ['Replay', '重放'],
  transcript: ['Export transcript', '导出脚本'],
  json: ['Export JSON', '导出 JSON'],
  open: ['Open JSON', '打开 JSON'],
  tips: {
    undo: ['Go back to the state before the last message', '回到上一条消息之前的状态'],
    replay: ['Have the bot answer all messages again and compare', '重新回答所有消息并比较'],
    transcript: ['A test of the tracker, for package dsttest', '可由 dsttest 运行的测试脚本'],
    json: ['All turns with their traces', '包含全部回合和轨迹'],
    open: ['Take up an exported conversation', '继续一个导出的对话'],
  },
  chat: ['Chat', '对话'],
  turns: ['Turns', '回合'],
  hello: ['Say something, or try one of these:', '说点什么，或试试下面的问题：'],
  message: ['Message', '输入消息'],
  send: ['Send', '发送'],
  panel: ['The selected turn', '选中的回合'],
  nothing: ['Select a turn to see how its answer came about.', '选择一个回合，查看回答是怎么来的。'],
  turn: ['Turn {}', '第 {} 轮'],
  keyhint: ['↑ ↓ choose a turn · Enter sends · Esc leaves', '↑ ↓ 选择回合 · Enter 发送 · Esc 离开'],
  thinking: ['…', '……'],
  branch: ['Branch from here', '从此分支'],
  back: ['Undo to here', '撤销到此'],
  undone: ['Undone. The message is in the box again.', '已撤销，消息已放回输入框。'],
  branched: ['A new conversation, with the turns up to here.', '已从这里开始新的对话。'],
  begun: ['A new conversation.', '新的对话。'],
  opened: ['Opened. Replay shows what this bot does otherwise.', '已打开，可重放以比较差异。'],
  notJSON: ['This file is no exported conversation.', '这个文件不是导出的对话。'],
  gone: ['The conversation is no longer kept; this is a new one.', '该对话已过期，已开始新的对话。'],
  keep: ['Keep the new run', '保留新结果'],
  close: ['Close', '关闭'],
  same: ['All {} turns came out the same.', '{} 个回合的结果全部相同。'],
  differ: ['{} of the turns came out differently.', '有 {} 个回合的结果不同。'],
  was: ['before', '之前'],
  now: ['now', '现在'],
  understood: ['Understood', '理解'],
  noDecision: ['Nothing was understood.', '没有理解到内容。'],
  why: ['why', '依据'],
  instead: ['instead of', '其他读法'],
  state: ['State after the turn', '本轮之后的状态'],
  noState: ['The state is empty.', '状态为空。'],
  intent: ['Intent', '意图'],
  noIntent: ['No classifier had a say.', '没有分类器参与。'],
  answer: ['How the answer came about', '回答的由来'],
  rules: ['rules', '规则'],
  acts: ['bot acts', '机器人动作'],
  queries: ['queries', '查询'],
  relaxed: ['relaxed', '放宽'],
  generator: ['worded by', '措辞'],
  fallback: ['because', '原因'],
  cut: ['left out', '删去'],
  items: ['Things offered or told about', '推荐或介绍的内容'],
  graph: ['In the graph', '图谱邻域'],
  whole: ['Whole picture', '完整图谱'],
  noGraph: ['The turn is about no thing of the graph.', '这一轮没有涉及图谱中的内容。'],
  more: ['{} more', '还有 {} 个'],
  facts: ['Facts', '事实'],
  noFacts: ['The answer rests on no facts.', '回答没有用到事实。'],
  timing: ['Timing', '用时'],
  total: ['total', '合计'],
  raw: ['Raw JSON', '原始 JSON'],
  copy: ['Copy', '复制'],
  copied: ['Copied.', '已复制。'],
  intents: ['open intents', '当前意图'],
  focus: ['talked about', '正在谈'],
  offered: ['offered', '已推荐'],
  requested: ['asked by the user', '用户询问'],
  asked: ['asked by the bot', '机器人问过'],
  pending: ['waiting for', '等待回答'],
  dontcare: ['any', '不限'],
  added: ['new in this turn', '本轮新增'],
  removed: ['gone in this turn', '本轮移除'],
  fromTurn: ['turn {}', '第 {} 轮'],
  span: ['from “{}”', '来自“{}”'],
  system: ['the bot’s words', '机器人的话'],
  carry: ['from {}', '来自 {}'],
  act: ['classifier', '分类器'],
  other: ['further', '其他'],
  failed: ['The server cannot be reached.', '无法连接服务器。'],
  difference: {
    intent: ['intent', '意图'], understood: ['understood', '理解'], state: ['state', '状态'], rules: ['rules', '规则'],
    acts: ['acts', '动作'], items: ['things', '内容'], facts: ['facts', '事实'], text: ['answer', '回答'],
  },
};

export let lang = 'en';

export function setLang(to) {
  lang = to === 'zh' ? 'zh' : 'en';
  document.documentElement.lang = lang;
}

/** t is a text in the page's language, with a value for its {}. */
export function t(key, value = '') {
  const pair = key.split('.').reduce((at, k) => at?.[k], texts);
  return pair ? pair[lang === 'zh' ? 1 : 0].replace('{}', value) : key;
}

/** say is the text of a pair of the server's. */
export const say = (pair) => pair?.[lang] ?? '';
