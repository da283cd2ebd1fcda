// For node:test: the failed tests as JSON, each with the group that it stands in.
export default async function* failuresReporter(source) {
  const failed = [];
  const groups = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') groups[data.nesting] = data.name;
    if (type !== 'test:fail' || data.details.type === 'suite') continue;
    const { message, cause } = data.details.error;
    failed.push({
      adapter: groups[data.nesting - 1],
      sentence: data.name,
      message: cause?.message ?? message,
    });
  }
  yield JSON.stringify(failed);
}
