#include "connectors/voso/connector.h"

#include "connectors/voso/client.h"
#include "connectors/voso/errors.h"
#include "connectors/voso/mapping.h"

namespace connectors::voso {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings, const Environment&) {
  auto folder = open_exchange(settings);
  if (!folder) return translate(folder.error());
  return common::make_exchange_connector({std::string(kName), order_words(), no_api()},
                                         std::move(folder).value());
}

}  // namespace connectors::voso
