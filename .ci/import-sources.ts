import { registerHooks } from 'node:module';

/**
 * Imports from the sources of a package, under Node as it is: they import each other by the names that they will have when they
 * are built.
 */
export async function importSources<Sources>(load: () => Promise<Sources>): Promise<Sources> {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const isSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts') === true;
      return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
    },
  });
  try {
    return await load();
  } finally {
    hooks.deregister();
  }
}
