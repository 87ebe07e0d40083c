#include "connectors/provincial/connector.h"

#include "connectors/provincial/store.h"

namespace connectors::provincial {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment) {
  auto options = read_options(settings);
  if (!options) return options.error();
  auto store = std::make_unique<Store>(std::move(options).value(), environment);
  if (const auto usable = store->check(); !usable) return usable.error();
  return std::unique_ptr<Connector>(std::move(store));
}

}  // namespace connectors::provincial
