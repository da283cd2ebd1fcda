/** Whether `url` names a Redis server. */
export const isRedisUrl = (url: string): boolean => /^rediss?:\/\/./.test(url) && URL.canParse(url);
