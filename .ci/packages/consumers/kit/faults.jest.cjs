require('./contracts.cjs')({ describe, it }, 'faults');
