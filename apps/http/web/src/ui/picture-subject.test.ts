import { describe, expect, it } from '@jest/globals';
import { featuresOf, subjectOf, tintOf } from './picture-subject.js';

describe('The picture of a product', () => {
  it.each([
    ['무선 마우스', 'mouse'],
    ['블루투스 키보드', 'keyboard'],
    ['휴대용 모니터', 'monitor'],
    ['웹캠', 'webcam'],
    ['블루투스 이어폰', 'earphones'],
    ['Ergonomic MOUSE', 'mouse'],
  ] as const)('shows what %s is', (name, subject) => {
    expect(subjectOf(name)).toBe(subject);
  });

  it('goes by the category where the name does not tell, and is a parcel where nothing does', () => {
    expect(subjectOf('M-100', '마우스')).toBe('mouse');
    expect(subjectOf('한정판 꾸러미', '기타')).toBe('parcel');
  });

  it('shows what is special about it', () => {
    expect(featuresOf('초경량 게이밍 마우스')).toMatchObject({
      isForGames: true,
      isLight: true,
      isWireless: false,
    });
  });

  it('has a tint of its own, which is always the same', () => {
    const tints = [101, 102, 103, 104, 105, 106].map(tintOf);
    expect(new Set(tints).size).toBe(6);
    expect(tints.every((tint) => tint >= 0 && tint < 6)).toBe(true);
  });
});
