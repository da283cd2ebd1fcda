import { messages } from '../../shell/language.js';

export const homeText = messages({
  ko: {
    title: '지금 가장 많이 팔리는 것',
    lead: '순위와 재고는 보고 계신 동안에도 바뀝니다. 모두 실제 주문을 센 숫자입니다.',
    campaigns: '진행 중인 쿠폰',
    off: (percent: number) => `${percent}% 할인`,
    left: (count: string, total: string) => `${total}장 중 ${count}장 남음`,
    gone: '모두 소진되었습니다',
    take: '쿠폰 받으러 가기',
    shelf: '둘러보기',
    allProducts: '상품 전체 보기',
  },
  en: {
    title: 'What sells most right now',
    lead: 'Ranks and stock change while you watch. Every figure is counted from real orders.',
    campaigns: 'Coupons to be had',
    off: (percent: number) => `${percent}% off`,
    left: (count: string, total: string) => `${count} of ${total} left`,
    gone: 'All gone',
    take: 'Get a coupon',
    shelf: 'Look around',
    allProducts: 'See all products',
  },
});
