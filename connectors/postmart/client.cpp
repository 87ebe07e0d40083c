#include "connectors/postmart/client.h"

namespace connectors::postmart {

base::Result<common::ExchangeFolder> open_exchange(const Settings& settings) {
  return common::open_exchange(settings);
}

}  // namespace connectors::postmart
