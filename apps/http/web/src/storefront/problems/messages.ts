import { messages } from '../../shell/language.js';

export const problemsText = messages({
  ko: {
    giveUp: '그만 기다리기',
    again: (seconds: number) => `${seconds}초 뒤에 다시 시도합니다.`,
    tryAgain: '다시 시도',
    signIn: '로그인하고 계속',
    signInFirst: '로그인하면 볼 수 있습니다',
    signInButton: '로그인',
    loading: '불러오는 중입니다',
    reference: (id: string) => `문의 번호 ${id}`,
    unsettledHelp: '결과를 확인하지 못했습니다. 이어서 진행해도 두 번 처리되지 않습니다.',
    outdatedHelp:
      '하루가 지나도록 결과를 확인하지 못했습니다. 다시 하면 두 번 처리될 수 있으니, 내역에서 먼저 확인해 주세요.',
    looked: '확인했습니다',
    goOn: '이어서 진행',
    forget: '그만두기',
    more: '더 보기',
  },
  en: {
    giveUp: 'Stop waiting',
    again: (seconds: number) => `Trying again in ${seconds} s.`,
    tryAgain: 'Try again',
    signIn: 'Sign in and go on',
    signInFirst: 'Sign in to see this',
    signInButton: 'Sign in',
    loading: 'Loading',
    reference: (id: string) => `Reference ${id}`,
    unsettledHelp: 'We have not heard how it ended. Going on does not do it twice.',
    outdatedHelp:
      'A day has passed and we have not heard how it ended. Doing it again may do it twice: please look at your orders and history first.',
    looked: 'I have looked',
    goOn: 'Go on',
    forget: 'Forget it',
    more: 'Show more',
  },
});
