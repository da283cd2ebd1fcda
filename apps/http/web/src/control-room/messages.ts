import { messages } from '../shell/language.js';

/** What several pages of the control room say. */
export const controlRoomText = messages({
  ko: {
    operatorsOnly: '운영자만 볼 수 있습니다',
    signInAsOperator: '운영자로 로그인해 주세요.',
    notAnOperator: '지금 로그인한 고객에게는 운영자 권한이 없습니다.',
    beOperator: '운영자로 보기',
    signIn: '로그인',
    cancel: '취소',
    refresh: '새로고침',
    number: '번호',
    all: '전체',
    none: '없음',
    unsettled: '조금 전에 같은 요청을 보냈습니다.',
  },
  en: {
    operatorsOnly: 'For operators only',
    signInAsOperator: 'Please sign in as an operator.',
    notAnOperator: 'The customer who is signed in does not have the rights of an operator.',
    beOperator: 'Look as the operator',
    signIn: 'Sign in',
    cancel: 'Cancel',
    refresh: 'Refresh',
    number: 'No.',
    all: 'All',
    none: 'None',
    unsettled: 'This was sent before.',
  },
});
