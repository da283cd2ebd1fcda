# One image for every process: node FILE runs it.
#   apps/http/dist/main.js             the HTTP app (default)
#   apps/worker/dist/main.js           the worker
#   apps/worker/dist/migrate-main.js   the migrations

FROM node:26.10.0-slim AS build
WORKDIR /jumun

# Manifests first: the libraries stay cached until one of these changes.
COPY package.json package-lock.json .npmrc ./
COPY packages/domain/package.json packages/domain/
COPY packages/application/package.json packages/application/
COPY packages/adapters/package.json packages/adapters/
COPY apps/http/package.json apps/http/
COPY apps/worker/package.json apps/worker/
RUN npm ci --ignore-scripts

COPY . .
RUN npm run build
# Nothing optional is needed: the image has a Node of its own.
RUN npm ci --omit=dev --omit=optional --ignore-scripts \
  && rm -rf packages/*/src apps/*/src apps/http/web

FROM node:26.10.0-slim
ENV NODE_ENV=production
WORKDIR /jumun
COPY --from=build /jumun ./

# The image's user "node", by number, so that an orchestrator can see that it is not root.
USER 1000:1000
EXPOSE 3000 9464

ENTRYPOINT ["node"]
# A crowd makes much that is gone with its answers: where there is room for all of it, hardly any of it is cleared away
# while they wait.
CMD ["--max-semi-space-size=64", "apps/http/dist/main.js"]

# Of the HTTP app. A process without a port switches it off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/readyz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
