// The page of the API: Swagger UI over this service's own document, and a token to try it with where there is one to be had.

const TOKENS = '/api/v1/dev/tokens';

const ui = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // It would ask somebody else whether the document is valid.
  validatorUrl: null,
  tryItOutEnabled: true,
  requestSnippetsEnabled: true,
  onComplete: offerTokens,
});

/** Only the development profile gives tokens away, and its document says so. */
function offerTokens() {
  const document_ = ui.specSelectors.specJson().toJS();
  if (document_.paths[TOKENS] === undefined) return;
  const form = document.getElementById('dev-token');
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    signIn(form.elements).catch(() => {
      form.elements.told.value = 'There was no answer.';
    });
  });
}

async function signIn({ userId, operator, told }) {
  const roles = operator.checked ? ['operator'] : [];
  const answer = await fetch(TOKENS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId: Number(userId.value), roles }),
  });
  const body = await answer.json();
  if (!answer.ok) {
    told.value = body.title;
    return;
  }
  ui.preauthorizeApiKey('bearer', body.token);
  told.value = `You are customer ${userId.value}${operator.checked ? ', and an operator' : ''}.`;
}
