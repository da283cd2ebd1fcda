import { messages } from '../../shell/language.js';

export const chartText = messages({
  ko: { now: '지금', gathering: '모으는 중', asTable: '표로 보기', time: '시각' },
  en: { now: 'now', gathering: 'gathering', asTable: 'As a table', time: 'Time' },
});
