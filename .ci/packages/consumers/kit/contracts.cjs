// The same few lines for every runner: contracts of the kit over one's own adapters, and the planted faults.
const kit = require('@jumun/application/testing');
const own = require('./own-adapters.cjs');

module.exports = (runner, wanted) => {
  if (wanted === 'faults') {
    for (const fault of kit.plantedFaults) fault.describe(runner);
    return;
  }
  kit.describeContract(runner, 'our IdSource', kit.idSourceContract, () => ({
    ids: own.ids,
    rival: own.ids,
  }));
  kit.describeContract(runner, 'our EventBus', kit.eventBusContract, () => ({
    events: own.events,
    rival: own.events,
    delivered: async () => undefined,
  }));
  for (const [port, contract] of Object.entries(kit.storeContracts)) {
    kit.describeContract(runner, `our ${port}`, contract, () => {
      const store = new kit.InMemoryStore();
      const unitOfWork = new kit.InMemoryUnitOfWork(store);
      return { unitOfWork, rival: unitOfWork, queries: new kit.InMemoryQueries(store) };
    });
  }
};
