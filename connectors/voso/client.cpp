#include "connectors/voso/client.h"

namespace connectors::voso {

base::Result<common::ExchangeFolder> open_exchange(const Settings& settings) {
  return common::open_exchange(settings);
}

}  // namespace connectors::voso
