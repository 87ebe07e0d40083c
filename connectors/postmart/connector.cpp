#include "connectors/postmart/connector.h"

#include "connectors/postmart/client.h"
#include "connectors/postmart/errors.h"
#include "connectors/postmart/mapping.h"

namespace connectors::postmart {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings, const Environment&) {
  auto folder = open_exchange(settings);
  if (!folder) return translate(folder.error());
  return common::make_exchange_connector({std::string(kName), order_words(), no_api()},
                                         std::move(folder).value());
}

}  // namespace connectors::postmart
