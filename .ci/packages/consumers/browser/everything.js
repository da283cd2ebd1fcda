export * from '@jumun/domain';
