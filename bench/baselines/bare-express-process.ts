import express from 'express';

// A process: node bare-express-process.ts PAGES. PAGES is JSON: the body for each path. Express as it comes, and nothing
// before or behind it. It ends on SIGTERM.

const pages = JSON.parse(process.argv[2] ?? '{}') as Readonly<Record<string, object>>;

const app = express();
for (const [path, body] of Object.entries(pages)) {
  app.get(path, (_request, response) => {
    response.json(body);
  });
}

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ port, msg: 'listening' })}\n`);
});

process.once('SIGTERM', () => {
  server.close();
});
