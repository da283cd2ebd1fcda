require('./contracts.cjs')({ describe, it }, 'sound');
