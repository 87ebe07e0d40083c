#include "connectors/postmart/connector.h"

#include "connectors/common/worksheet/order_options.h"
#include "connectors/postmart/client.h"
#include "connectors/postmart/errors.h"
#include "connectors/postmart/mapping.h"

namespace connectors::postmart {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings, const Environment&) {
  auto folder = open_exchange(settings);
  if (!folder) return translate(folder.error());
  auto words = common::with_options(order_words(), settings);
  if (!words) return translate(words.error());
  return common::make_exchange_connector({std::string(kName), std::move(words).value(), no_api()},
                                         std::move(folder).value());
}

}  // namespace connectors::postmart
